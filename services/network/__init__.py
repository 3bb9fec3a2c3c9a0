"""The people and places around a person, as she sees them.

Records her map in one stream: ties added, rated by her alone, ended and resumed, the support that
goes either way, what she showed to whom. Someone on the map is named as she likes, and is never
linked to an account.
"""
