"""Many applicants hand in within the last minute of a call."""
