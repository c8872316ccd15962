"""Ranking offers for needs: features of a pair, one calibrated score, reasons and abstention; pure."""
