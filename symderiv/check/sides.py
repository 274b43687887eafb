"""`Statement`: sides with the relations between them, and where they stand in the document."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Side:
    """A formula as it stands: `start` to `end` in the document."""

    start: int
    end: int


@dataclass(slots=True)
class Statement:
    """Sides with the relations between them; `anchors` are where those stand.

    `blocks` are the passages that it stands in, the first one first.
    """

    sides: list[Side]
    display: bool
    section: int
    relations: list[str] = field(default_factory=list)
    anchors: list[int] = field(default_factory=list)
    conditions: list[Side] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    listed: bool = False
    flush: bool = False

    @property
    def block(self) -> int:
        """The passage that the statement begins in."""
        return self.blocks[0]
