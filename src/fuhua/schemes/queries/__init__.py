"""Reads of schemes."""
