"""An OpenID Connect provider for one's own machine: the fictional people sign in here.

For the demo and the tests only; it refuses production mode, where any provider takes its place.
"""
