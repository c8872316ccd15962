"""Pages of the desk: what waits for me, asks, notices, and the spreadsheets that come in."""
