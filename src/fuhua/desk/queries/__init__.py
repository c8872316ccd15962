"""Reads of the desk, one module per question."""
