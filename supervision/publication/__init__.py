"""Frozen public copies, their search text, and the append-only record of publishing.

No unpublished facts; nothing published changes.
"""
