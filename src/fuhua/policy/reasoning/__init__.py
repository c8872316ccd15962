"""The engine of policy: terms over inputs, conditions with clauses, editions by date, verdicts, the nearest way."""
