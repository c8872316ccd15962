"""Loans, pledges and subsidies."""
