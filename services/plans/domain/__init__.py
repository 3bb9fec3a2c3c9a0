"""The rules of plans: pure, without clock, database or network."""
