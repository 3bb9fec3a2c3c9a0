"""The assessment service over HTTP: one file for each resource."""
