"""What a person wants to do, in her words, and what others offered beside it.

Records one plan per person and period: themes considered or left out, goals from proposal to
agreement and what became of them, actions accepted by whom they fall to, progress as each party
sees it, reviews, and what stood in the way. A goal is in force by her agreement only.
"""
