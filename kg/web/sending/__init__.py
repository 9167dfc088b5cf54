"""How an answer leaves: validators, codings, streams, what is kept, connections."""
