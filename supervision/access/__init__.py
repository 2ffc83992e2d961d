"""Who may do what: one matrix, one policy (can, require, visible), dated grants.

No views, no business services; the only importer of guardian.
"""
