"""The assignment of people to papers: time, memory and worth beside min-cost flow and linear programs of others."""
