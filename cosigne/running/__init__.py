"""How the processes of an installation are started, watched and stopped."""
