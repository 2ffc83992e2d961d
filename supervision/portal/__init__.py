"""Public pages: reads publication and the verifier only.

No cases, no flow, no cookies for readers.
"""
