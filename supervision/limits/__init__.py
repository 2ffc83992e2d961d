"""How much one sender may ask for in a while: counted here, decided by the settings, kept for no longer.

Knows no request and no page; who the sender is, is said by the caller.
"""
