"""Inside a worker: one question at a time, bounded, its answer sent back in frames."""
