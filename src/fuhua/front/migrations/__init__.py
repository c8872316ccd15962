"""Migrations of the front engine."""
