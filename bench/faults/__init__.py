"""Everything that can break is broken while two invented organisations go on: is anything lost?

`python -m bench.faults [SECONDS] [SEED]` starts PostgreSQL, a Kafka broker and each of our programs as
processes of their own, tells lives through the public commands, and meanwhile kills, freezes and fills.
What was acknowledged stands in a file of its own. At the end a checker that shares no code with the
store compares it with the databases, and then looks for a bug of each kind, planted for it to find.
"""
