"""Plans over HTTP: each verb is a resource, each answer the new state of what changed."""
