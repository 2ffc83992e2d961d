"""Pages for officials and agencies: parse, ask workflows, answer.

No decisions and no direct writes.
"""
