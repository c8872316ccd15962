"""Kinds of parties, and the columns by which rosters name them."""
