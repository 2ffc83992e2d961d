"""The structure of a Vietnamese legal text: parts, chapters, articles, clauses, points; without Django.

`read_text` turns a text into blocks, `outline` blocks into a tree with ids that stay.
"""

from __future__ import annotations

from supervision.drafts.outline.blocks import Block
from supervision.drafts.outline.builder import outline
from supervision.drafts.outline.nodes import Kind, Node, Outline
from supervision.drafts.outline.reading import read_text

__all__ = ["Block", "Kind", "Node", "Outline", "outline", "read_text"]
