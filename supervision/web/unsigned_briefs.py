"""What whoever settles a paper that could not be signed must have read: why, and where else to sign it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from supervision.web.blocks import Block
from supervision.web.templatetags.gs import here
from workflows.models import WorkItem


def unsigned_block(item: WorkItem) -> Block:
    """Return why the paper of an item could not be signed, with the way to its page."""
    paper = item.document
    title = _("Văn bản số %(number)s chưa ký được") % {"number": paper.number_text}
    page = (here(f"/van-ban/{paper.public_id}/"), _("Mở văn bản: ký trên máy của người ký, tải bản in"))
    return Block(title, paper.trouble, kind="return", links=[page])
