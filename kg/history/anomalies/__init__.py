"""Detectors of what is odd in the text: plan to findings, by rules that hold for any plan."""
