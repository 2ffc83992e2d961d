"""Texts that agencies prepare, and what is said about them: versions, remarks, answers, their matrix.

No knowledge of the case in which a draft is criticized.
"""
