"""What higher layers may listen to."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside a transaction before a paper is held (`tasks.held`): what moves with it is held first.
document_held = Signal()
#: Sent inside the transaction that records the signature; `document` is the signed Document.
#: A receiver that raises undoes the signature, and the document is shown as stuck.
document_signed = Signal()
#: Sent inside the transaction that records that a paper was not signed, or waits to be signed elsewhere.
document_stuck = Signal()
#: Sent inside the transaction by which a paper is stuck no more: asked for again, signed, returned, given up.
document_unstuck = Signal()
