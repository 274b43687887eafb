r"""`write_latex`: a Term as a typographer sets it, with amsmath macros only.

Rules that hold throughout a document, so that every line reads in one way only:

- products stand side by side (`2x`, `x\sigma(x)`), with `\cdot` before a digit, before a negative
  factor, before a derivative operator and wherever a letter and a bracket would look like f(x);
- `\tanh x` and `\tanh^2 x`, but brackets as soon as the argument is more than one letter or a factor
  follows; letters always take brackets, `\sigma(x)`;
- exponentials are `e^{-x}`; only an exponent that is itself tall (a sum, cases, a derivative, a
  fraction of fractions) makes it `\exp(...)`;
- fractions are upright on the line, slashed in exponents, and slashed in an argument or under a
  root where all of them are small (`x/\sqrt{2}`);
- brackets grow with what they hold, never more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.notation.term import Term
from symderiv.notation.write.setter import Setter


@dataclass(frozen=True, slots=True)
class LatexStyle:
    r"""The choices of one document: how functions and symbols are lettered, and d or ∂.

    `functions` maps catalogue names to LaTeX (`{"sigmoid": r"\sigma"}`), `symbols` overrides the
    LaTeX of single symbols, `partial` writes ∂ in derivatives, `words` are those of another language for
    `if`, `otherwise`, `and`, `or` and `true`.
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    partial: bool = False
    symbols: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


def write_latex(term: Term, style: LatexStyle = LatexStyle()) -> str:
    """The LaTeX of a Term for display mathematics; never raises, whatever the Term."""
    setter = Setter(style.functions, style.symbols, partial=style.partial, term=term, words=style.words)
    return setter.write(term)
