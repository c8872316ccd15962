"""Migrations of the parties engine."""
