"""The directory over HTTP, one file a resource."""
