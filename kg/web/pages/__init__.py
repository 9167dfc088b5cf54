"""Pages and resources for people, and the description of the addresses."""
