"""Saying what happened: a sentence for every fact, to each reader, in French and in English."""
