"""Brings in an institution's own files: spreadsheets and lists, through the public commands.

It knows the services by their addresses only, as an administrator signed in meets them.
"""
