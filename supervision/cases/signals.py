"""What this app tells the apps above it."""

from __future__ import annotations

from django.dispatch import Signal

#: A case, inquiry or recommendation went to an heir: `subject`, `before`, `heir`.
handed_over = Signal()
