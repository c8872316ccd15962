"""Migrations of the plan engine."""
