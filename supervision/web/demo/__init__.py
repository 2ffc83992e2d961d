"""The demonstration world: invented people, cases told as stories, driven through `workflows.act`.

Loaded in demo and test settings only; no real commune is ever shown with a failing.
"""
