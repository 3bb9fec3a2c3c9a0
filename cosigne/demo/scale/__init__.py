"""A demo of the real size: two years of plausible lives, drawn from a seed, told as people act.

`lives` are pure: from a seed, moments in the order of their days. `teller` sends them, through the
public commands and with every rule on, as whoever acts, signed in.
"""
