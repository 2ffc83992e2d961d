"""A block: one paragraph or one table of a text, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

#: What ends a paragraph; after anything else a line may go on in the next.
CLOSED = (".", ";", ":", "!", "?", "”", '"', "…", "/")


@dataclass(frozen=True)
class Block:
    """A paragraph or a table's rows.

    `heading` is the level that the file gives it (0: none), `after_rule` whether a line is drawn before it.
    """

    text: str
    heading: int = 0
    rows: tuple[tuple[str, ...], ...] = field(default=())
    after_rule: bool = False

    @property
    def is_closed(self) -> bool:
        """Whether the paragraph ends like a sentence."""
        return self.text.rstrip().endswith(CLOSED)
