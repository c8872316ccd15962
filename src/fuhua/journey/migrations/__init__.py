"""Migrations of the journey engine."""
