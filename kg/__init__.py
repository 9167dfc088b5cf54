"""Zhospar: a Kazakh government plan as a knowledge graph that can be asked about any day."""
