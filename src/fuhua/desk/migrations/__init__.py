"""Migrations of the desk engine."""
