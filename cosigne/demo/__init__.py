"""The demo: the cast's stories, told through the public commands with every rule on."""
