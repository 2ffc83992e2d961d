"""The structure of a Vietnamese legal text: parts, chapters, articles, clauses, points; without Django.

`read_text` turns a text into blocks, `outline` blocks into a tree with ids that stay.
"""

from __future__ import annotations

from supervision.legaltext.outline.blocks import Block
from supervision.legaltext.outline.builder import outline
from supervision.legaltext.outline.nodes import Kind, Node, Outline
from supervision.legaltext.outline.reading import read_text

__all__ = ["Block", "Kind", "Node", "Outline", "outline", "read_text"]
