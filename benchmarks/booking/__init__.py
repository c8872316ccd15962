"""Booking with many instruments and reservations."""
