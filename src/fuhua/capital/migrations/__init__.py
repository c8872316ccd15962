"""Migrations of the capital engine."""
