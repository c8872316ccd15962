"""Titles of enterprises: technology SME, high-tech enterprise."""
