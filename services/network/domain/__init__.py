"""The rules of the network: pure, without clock, database or network."""
