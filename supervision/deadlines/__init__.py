"""Due dates with their derivation, pauses and extensions; states derived when read.

No knowledge of what the deadline is for.
"""
