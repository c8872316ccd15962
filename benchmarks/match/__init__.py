"""Ranking of offers for needs: quality beside lexical rankers on our own judgements, and time."""
