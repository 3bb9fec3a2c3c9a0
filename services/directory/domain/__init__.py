"""What the directory records and the rules it records by."""
