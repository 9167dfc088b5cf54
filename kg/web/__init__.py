"""Answers over HTTP: the one place that knows it."""
