"""Matching: retrieval and assignment over arrays and text; pure, no tables."""
