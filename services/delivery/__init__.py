"""Delivery: what partner systems are told, by webhook and by a feed that repair one another.

It records who was granted a subscription, on which terms, what became of it, and to whom something
of a person was sent. Each subscription has one log: the same id and sequence whichever way it goes.
"""
