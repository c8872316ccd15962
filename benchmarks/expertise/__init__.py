"""Benchmark of expertise: experts' own ratings of papers, ordered by their published work."""
