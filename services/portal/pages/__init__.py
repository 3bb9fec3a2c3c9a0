"""The pages: a file for each place of the portal, three moves each: read, ask, show."""
