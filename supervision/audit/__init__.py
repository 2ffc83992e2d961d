"""Append-only events: who did what to which object, when, in which capacity.

No foreign keys to business tables, no updates, no deletes.
"""
