"""A transparency log as text and numbers: the tree of RFC 6962, notes and checkpoints of C2SP and checkers.

No Django, no rows, no keys of ours: what is appended and signed is `publication.log`.
"""
