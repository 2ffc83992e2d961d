"""Flows, the one entry for acting on them, and the inbox rows they write.

The only caller of Viewflow; decides nothing itself.
"""
