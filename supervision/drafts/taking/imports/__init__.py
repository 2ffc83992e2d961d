"""Files of remarks that people collected on paper or got by mail, read into plain rows.

Runs in a sandbox child: no Django, nothing decided about a row, plain data in and out.
"""
