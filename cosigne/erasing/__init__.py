"""Erasing all that is kept of a person, on every service: the steps, and the list of who was."""
