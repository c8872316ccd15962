"""Migrations of the evidence engine."""
