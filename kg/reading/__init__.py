"""Text to model: what the source says and where; knows nothing of RDF."""
