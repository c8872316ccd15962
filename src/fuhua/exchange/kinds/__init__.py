"""Kinds of exchange: what a kind declares, how its fields are read, how an offer is held against a need, and the kinds."""
