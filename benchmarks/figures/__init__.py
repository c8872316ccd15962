"""How long every indicator takes to recompute, and to move by one fact."""
