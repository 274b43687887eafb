r"""`checked_symbol`: a LaTeX letter for a function, such as `\sigma` or `\operatorname{ReLU}_{\beta}`.

It goes into documents as it is, so it may only be letters: Greek ones, names, accents, sub- and
superscripts. A catalogue from a stranger cannot make a document that reads files.
"""

from __future__ import annotations

import re

from symderiv import limits
from symderiv.errors import InputError
from symderiv.notation import alphabet

_MACROS = frozenset(
    {
        *alphabet.GREEK,
        *alphabet.ACCENTS,
        *"exp log sqrt sin cos tan sec csc cot sinh cosh tanh coth arctan arcsin arccos max min lim".split(),
        *"pi widehat widetilde overline".split(),
        *"prime ast star circ infty nabla".split(),
        *"operatorname mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol text".split(),
    }
)
_PIECE = re.compile(
    r"\\(?P<macro>[A-Za-z]+)\*?|\\[,;:! ]|[A-Za-z0-9'*+\-,.() ]|(?P<brace>[{}])|[_^](?=[\\A-Za-z0-9{])"
)


def checked_symbol(text: str) -> str:
    """The text itself. Raises `InputError` if it is not a letter in the sense above."""
    problem = _problem(text)
    if problem is not None:
        raise InputError(
            f"{problem} in the symbol {text!r}", hint=r"as in \phi or \operatorname{bump}_{\beta}"
        )
    return text


def _problem(text: str) -> str | None:
    if len(text) > limits.MAX_NAME:
        return f"more than {limits.MAX_NAME} letters"
    place = depth = 0
    while place < len(text):
        piece = _PIECE.match(text, place)
        if piece is None:
            return f"{text[place]!r} has no place"
        if piece["macro"] and piece["macro"] not in _MACROS:
            return f"\\{piece['macro']} has no place"
        depth += {"{": 1, "}": -1}.get(piece["brace"] or "", 0)
        if depth < 0:
            break
        place = piece.end()
    return None if depth == 0 else "the braces do not match"
