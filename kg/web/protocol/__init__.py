"""What a request means: SPARQL protocol, graph store, service description, VoID, Memento."""
