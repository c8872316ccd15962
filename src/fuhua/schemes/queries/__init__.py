"""Reads of schemes that join: rounds with their rules, panels, rankings and what came of them."""
