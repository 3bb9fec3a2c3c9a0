"""Cosigne as it is installed: the command line, the embedded server and issuer, the demo."""
