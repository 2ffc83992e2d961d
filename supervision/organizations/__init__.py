"""People, territories, organizations, their successions, and the mandates people hold.

No case knowledge, no permissions.
"""
