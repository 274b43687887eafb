"""The depth of a tree, measured while it is built, so that nothing deeper is ever walked."""

from __future__ import annotations

from symderiv import limits
from symderiv.errors import LimitError
from symderiv.notation.term import Term


def check_depth(term: Term, source: str) -> Term:
    """The Term, when it nests at most `MAX_DEPTH` deep: signs, powers and indices count like brackets."""
    level, depth = [term], 0
    while level:
        depth += 1
        if depth > limits.MAX_DEPTH:
            raise LimitError(
                f"nested more than {limits.MAX_DEPTH} deep",
                hint="name the inner parts and write them separately",
                span=level[0].span,
                source=source,
            )
        level = [arg for node in level for arg in node.args]
    return term
