"""Pages of plan: editions and their review, indicators, supervision and the twin."""
