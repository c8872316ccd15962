"""Plan: editions, measures, targets, indicators, supervision and the twin."""
