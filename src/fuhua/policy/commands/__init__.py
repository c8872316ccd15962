"""Commands of policy: what rules there are, what they ask, and what they say of a profile."""
