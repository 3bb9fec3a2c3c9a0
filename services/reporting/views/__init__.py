"""What reporting keeps of the others' events, each view for one question."""
