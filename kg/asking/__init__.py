"""Quads to answers: the one place that knows the engine, used by the command line and the web
alike.
"""
