"""Model to history: what is known of each state of the plan, and why."""
