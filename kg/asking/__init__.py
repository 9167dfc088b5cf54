"""Quads to answers: the one place that knows the engine; for the command line and the web alike."""
