"""Desk: asks with an owner and a clock, tasks, notices, and files that come in."""
