"""Kinds of the desk: asks, and spreadsheets that come in."""
