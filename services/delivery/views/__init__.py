"""What is kept for partners: subscriptions, what may be offered, and the log of each."""
