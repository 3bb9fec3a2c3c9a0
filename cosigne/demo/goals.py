GOALS: dict = {}
