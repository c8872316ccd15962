"""Catalogues of industries and fields."""
