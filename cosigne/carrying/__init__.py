"""Carries a whole organisation out of an installation, into files that anyone can read, and back in.

`export.py` writes the folder, `restore.py` brings it into an installation that does not know the
organisation; `folder.py` says what stands in it.
"""
