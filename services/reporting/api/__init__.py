"""Reporting over HTTP: what happened, who decided it with whom, and who looked."""
