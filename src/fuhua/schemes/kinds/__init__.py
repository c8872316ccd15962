"""What a scheme of each kind asks, judges and pays, as data."""
