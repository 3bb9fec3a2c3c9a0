"""Directory: who is who in an organisation, and who may see what of whom.

It records organisations with their sites, programmes, help lines and reading delay; parties and
their roles; each person's relations (care, representation, consents, restrictions, emergency
access, notices, way of working, rights); and auditors' mandates. The other services keep a copy.
"""
