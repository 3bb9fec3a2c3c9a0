"""Reporting: what happened and who took part, told from the facts of all the services.

It records little itself (summaries, copies, exports); it keeps the trail of every sealed event,
answers who may read what of it, and says each fact in a sentence, in French and in English.
"""
