r"""The width of a formula on paper, estimated from its LaTeX, in em of the text font.

`estimate(r"\frac{a}{1 + b}")` is the width that the formula takes in display style, on the high side:
a line that is said to fit does fit. Covers what the LaTeX writer writes; an unknown command counts as
two letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TOKENS = re.compile(r"\\[A-Za-z]+\*?|\\.|[{}^_&]|\d|[^\s]")

_SCRIPT = 0.72
"""Scripts are set in 8 points where the text has 10.95."""

_WIDE = dict.fromkeys("mwMWQ", 0.95) | dict.fromkeys("ilj", 0.38) | dict.fromkeys("tfrs", 0.48)
_CHARS = {
    **dict.fromkeys("0123456789", 0.5),
    **dict.fromkeys("+-", 1.23),
    **dict.fromkeys("=<>", 1.34),
    **dict.fromkeys("()[]", 0.39),
    **dict.fromkeys("|", 0.28),
    **dict.fromkeys(",;", 0.45),
    **dict.fromkeys(".:!'", 0.28),
    "/": 0.5,
    "*": 1.0,
    "~": 0.34,
}
_COMMANDS = {
    **dict.fromkeys((r"\,",), 0.17),
    **dict.fromkeys((r"\;", r"\ "), 0.34),
    **dict.fromkeys((r"\:",), 0.23),
    r"\!": -0.17,
    r"\quad": 1.0,
    r"\qquad": 2.0,
    r"\cdot": 0.73,
    r"\odot": 1.23,
    r"\times": 1.23,
    r"\pm": 1.23,
    **dict.fromkeys(
        (r"\le", r"\ge", r"\leq", r"\geq", r"\neq", r"\ne", r"\approx", r"\to", r"\in", r"\mapsto", r"\cup"),
        1.5,
    ),
    **dict.fromkeys((r"\infty",), 1.0),
    **dict.fromkeys((r"\partial",), 0.6),
    **dict.fromkeys((r"\{", r"\}"), 0.5),
    **dict.fromkeys((r"\lvert", r"\rvert", r"\vert"), 0.34),
    **dict.fromkeys((r"\langle", r"\rangle"), 0.39),
    r"\dots": 1.4,
    r"\ldots": 1.4,
    r"\cdots": 1.4,
    r"\quad\text": 1.0,
}
_GROW = frozenset(
    r"\left \right \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \big \Big \bigg \Bigg "
    r"\mathopen \mathclose \displaystyle \textstyle \limits \nolimits \boldsymbol \bm \mathrm \mathbf "
    r"\mathsf \mathit \mathcal \mathbb \operatorname \text \mathop \mathbin \hphantom \phantom \textstyle "
    r"\bar \tilde \vec \dot \ddot \overline \hat \mathord \tfrac \ensuremath".split()
)
_NAMES = re.compile(
    r"\\(sin|cos|tan|sec|csc|cot|sinh|cosh|tanh|coth|exp|log|ln|arctan|arcsin|arccos|max|min|lim|det|erf)$"
)
_GREEK_WIDE = frozenset(
    r"\Phi \Psi \Omega \Gamma \Delta \Theta \Lambda \Sigma \Pi \psi \omega \varphi \phi".split()
)


@lru_cache(maxsize=4096)
def estimate(latex: str) -> float:
    """Width in em, for one row (the widest one where there are several)."""
    return _Measure(latex).total()


class _Measure:
    def __init__(self, latex: str) -> None:
        self.tokens = _TOKENS.findall(latex)
        self.place = 0
        self.fractions = 0

    def total(self) -> float:
        widths = [0.0]
        while self.place < len(self.tokens):
            widths[-1] += self.group()
            if self.place < len(self.tokens):
                widths.append(0.0)
                self.place += 1
        return max(widths)

    def group(self) -> float:
        """The width up to the bracket that closes this group, or to the end of a row."""
        width = 0.0
        while self.place < len(self.tokens) and self.tokens[self.place] not in {"}", r"\\"}:
            width += self.piece()
        return width

    def argument(self) -> float:
        """The next piece: a bracketed group or one token."""
        if self.place < len(self.tokens) and self.tokens[self.place] == "{":
            self.place += 1
            width = self.group()
            self.place += 1
            return width
        return self.piece() if self.place < len(self.tokens) else 0.0

    def piece(self) -> float:
        token = self.tokens[self.place]
        if token == "{":
            return self.argument()
        self.place += 1
        width = self.command(token) if token.startswith("\\") else self.letter(token)
        return width + self.scripts()

    def scripts(self) -> float:
        """Upper and lower script stand above each other."""
        widest = 0.0
        while self.place < len(self.tokens) and self.tokens[self.place] in {"^", "_"}:
            self.place += 1
            widest = max(widest, _SCRIPT * self.argument() + 0.06)
        return widest

    def letter(self, token: str) -> float:
        if token == "&":
            return 1.0
        return _CHARS.get(token, _WIDE.get(token, 0.78 if token.isupper() else 0.56))

    def command(self, token: str) -> float:
        if token in {r"\frac", r"\dfrac", r"\cfrac"}:
            self.fractions += 1
            width = max(self.argument(), self.argument()) + 0.25
            self.fractions -= 1
            return width
        if token == r"\sqrt":
            return self.argument() + 0.9
        if token in {r"\underbrace", r"\overbrace"}:
            above = self.argument()
            if self.place < len(self.tokens) and self.tokens[self.place] in {"^", "_"}:
                self.place += 1
                above = max(above, _SCRIPT * self.argument())
            return above
        if token == r"\sum":
            return self.sum()
        if token in {r"\begin", r"\end"}:
            return self.environment(token)
        if token in _GROW:
            return 0.1 if token.startswith((r"\left", r"\right", r"\big", r"\Big")) else 0.0
        if _NAMES.match(token):
            return sum(map(self.letter, token[1:])) + 0.17
        return _COMMANDS.get(token, 0.85 if token in _GREEK_WIDE else 0.68)

    def sum(self) -> float:
        """The limits stand above and below the sign, within a fraction beside it."""
        if self.fractions:
            return 1.25 + self.scripts()
        widest = 1.6
        while self.place < len(self.tokens) and self.tokens[self.place] in {"^", "_"}:
            self.place += 1
            widest = max(widest, _SCRIPT * self.argument() + 0.17)
        return widest

    def environment(self, token: str) -> float:
        """`cases` and matrices: the widest row, its columns and the bracket."""
        self.argument()
        if token == r"\end":
            return 0.0
        rows = [0.0]
        while self.place < len(self.tokens) and self.tokens[self.place] != r"\end":
            if self.tokens[self.place] == r"\\":
                self.place += 1
                rows.append(0.0)
                continue
            rows[-1] += self.piece()
        return max(rows) + 1.0
