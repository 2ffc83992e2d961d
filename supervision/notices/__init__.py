"""What people and agencies are told, and the outbox that delivers it.

No case decisions; nothing is sent inside a transaction.
"""
