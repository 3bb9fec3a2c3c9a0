"""What a subscription is, what may leave, and in which form."""
