"""Supervision cases: plan, delegation, inquiry, response, session, finding, recommendation.

No HTTP, no flow: services are called by workflows.
"""
