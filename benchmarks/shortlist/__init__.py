"""Shortlists of the exchange: what the candidates of one need cost among many offers, and how soon a new offer is one."""
