"""The publication log: a Merkle tree (RFC 6962) of what was published, withdrawn and corrected, for ever.

Formats are those of C2SP: signed notes, checkpoints, tiles, proofs. Plain data here; no Django in the maths.
"""
