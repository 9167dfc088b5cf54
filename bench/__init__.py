"""The benchmark: what building, checking and asking cost here, beside a peer on the same data."""
