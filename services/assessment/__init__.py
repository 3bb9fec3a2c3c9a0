"""What a person says about her own life, in her own terms, and what others add beside it.

Records catalogues (spheres and themes, coproduced and versioned), assessments (her answers, the
views of others, what was said, stars, sharing, change as she judges it) and her resources
(strengths and aspirations, in her words). No one but her ever changes her answer.
"""
