"""What this app tells the apps above it."""

from __future__ import annotations

from django.dispatch import Signal

#: A case, inquiry or recommendation went to an heir: `subject`, `before`, `heir`.
handed_over = Signal()

#: Sent in the transaction in which a version of an annual plan is withdrawn: `plan`, `by`, `at`.
plan_version_withdrawn = Signal()
