"""The stories of use, told through the public interfaces, each person with her own token."""
