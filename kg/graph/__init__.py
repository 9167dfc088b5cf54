"""History to quads, checked by SHACL."""
