"""Splitting: an order over suppliers at the least cost, and a cost over those who share it, exactly."""
