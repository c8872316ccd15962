"""What journeys do about facts: titles move verdicts."""
