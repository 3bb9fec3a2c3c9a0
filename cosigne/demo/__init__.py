"""The demo: fictional lives told through the public commands, with the rules on.

It knows the services by their addresses only. Everyone signs in under their own name.
"""
