"""Parts that flows of several forms have in common."""
