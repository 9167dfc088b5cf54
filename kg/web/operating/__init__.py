"""The server seen from outside: health, metrics, logs."""
