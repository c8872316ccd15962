"""What an action that records a fact costs, beside a bare insert of a row as wide."""
