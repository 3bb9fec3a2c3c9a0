"""The work of delivery: a place in the log for what happened, and the webhooks."""
