"""Reads of plan, one module per question."""
