"""Capital market: boards, exchanges, real-estate trusts."""
