r"""`read_latex`: one line of LaTeX to Terms, in a context of declared functions and symbols.

Every token is consumed or the line is refused with a span. What can be read in two ways is never
settled silently: the reading carries a note and the other readings. Names are their LaTeX letters:
`\hat{y}` is hat_y, `w_{ij}^{(k)}` is w_ij__k.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, product

from symderiv.errors import ReadError, SymderivError
from symderiv.notation.read.commands import OPERATORS
from symderiv.notation.read.depth import check_depth
from symderiv.notation.read.differences import applied_letters, without_lead
from symderiv.notation.read.parser import Parser
from symderiv.notation.read.tokens import Token, tokenize
from symderiv.notation.read.words import joined
from symderiv.notation.term import Term, equation, relation
from symderiv.notation.write.plain import write_plain

_ALTERNATIVES = 8


@dataclass(frozen=True, slots=True)
class Context:
    r"""What the document around a formula declares.

    `functions`: letters that are applied, and the function each is (`{"sigma": "sigmoid"}`);
    `spelled`: functions whose name is more than a letter (`{r"\operatorname{swish}_{\beta}": "swish_beta"}`);
    `symbols`: names that are never functions, constants or differentials;
    `names`: other names for symbols (`{"y_prime": "dy"}`);
    `indexed`: letters whose subscript is an index (`z_i` is z[i]); letters under a sum always are;
    `families`: functions with an index, (`s_i(z)` is softmax(z)[i]);
    `vectors`: reads `^{\top}` as a transpose;
    `ranges`: where a sum ends that does not say so, by its index (`k`) or by a letter under it (`z_`);
    `fonts`: names of letters in a font whose plain form means something else (`("L", "cal"): "cal_L"`);
    `arrays`: letters that stand for vectors or matrices (the reader only takes note of it);
    `words`: letters without a space between them that are one name and no product (`net`);
    `macros`: abbreviations without arguments (`{r"\s": r"\sigma"}`).
    """

    functions: Mapping[str, str] = field(default_factory=dict)
    symbols: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    indexed: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()
    vectors: bool = False
    macros: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, Term] = field(default_factory=dict)
    fonts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    arrays: frozenset[str] = frozenset()
    spelled: Mapping[str, str] = field(default_factory=dict)

    def lettered(self, functions: Mapping[str, str]) -> Context:
        """This context with the functions of a `LatexStyle` (name to LaTeX); the first of a letter stays."""
        letters, spelled = dict(self.functions), dict(self.spelled)
        for name, latex in functions.items():
            tokens = tokenize(latex)
            if len(tokens) == 1 and tokens[0].kind == "name":
                letters.setdefault(tokens[0].text, name)
            elif latex not in OPERATORS:
                spelled.setdefault(latex, name)
        return replace(self, functions=letters, spelled=spelled)

    @classmethod
    def of(cls, functions: Collection[str] = (), symbols: Collection[str] = ()) -> Context:
        r"""Functions and symbols under their own names; `\sigma` and `sigma` are one."""
        names = [name.lstrip("\\") for name in functions]
        return cls(functions={n: n for n in names}, symbols=frozenset(name.lstrip("\\") for name in symbols))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line says: its sides and the relations between them, and how sure that is.

    `notes` begin with what they are about (`scope: ...`, `range: ...`); `alternatives` are the other
    ways to read the same line, each with the same number of sides.
    """

    sides: tuple[Term, ...]
    relations: tuple[str, ...]
    notes: tuple[str, ...] = ()
    alternatives: tuple[tuple[Term, ...], ...] = ()

    @property
    def term(self) -> Term:
        """The line as one Term: an expression, a condition or an equation of two sides."""
        if len(self.sides) == 1:
            return self.sides[0]
        if len(self.sides) > 2 or self.relations[0] not in _TERM_RELATIONS:
            raise ReadError("a chain of relations is more than one claim", hint="read its sides one by one")
        left, right = self.sides
        name = self.relations[0]
        return equation(left, right) if name == "=" else relation(name, left, right)

    @property
    def plain(self) -> str:
        """The line in plain notation."""
        return self._plain(self.sides)

    @property
    def other_plains(self) -> tuple[str, ...]:
        """The alternatives in plain notation."""
        return tuple(self._plain(sides) for sides in self.alternatives)

    def _plain(self, sides: tuple[Term, ...]) -> str:
        parts = [write_plain(sides[0])]
        for name, side in zip(self.relations, sides[1:], strict=True):
            parts += [name, write_plain(side)]
        return " ".join(parts)


_TERM_RELATIONS = frozenset({"=", "<", ">", "<=", ">=", "!="})


def read_latex(text: str, context: Context | None = None) -> Reading:
    """Read one line. Raises `ReadError` or `LimitError`, with the span of what is not read."""
    context = context or Context()
    try:
        tokens = without_lead(tokenize(text, context.macros))
        if context.words:
            tokens = joined(tokens, context.words)
        applied = applied_letters(tokens) - context.symbols - context.functions.keys()
        if applied:
            functions = {**context.functions, **{letter: letter for letter in sorted(applied)}}
            context = replace(context, functions=functions)
        first = Parser(text, tokens, context)
        sides, relations = first.line()
        for side in sides:
            check_depth(side, text)
        alternatives = _alternatives(text, tokens, context, first.choices, sides)
        return Reading(sides, relations, tuple(dict.fromkeys(first.notes)), alternatives)
    except SymderivError as error:
        raise error.located(text) from None


def _alternatives(
    text: str, tokens: list[Token], context: Context, choices: list[int], sides: tuple[Term, ...]
) -> tuple[tuple[Term, ...], ...]:
    """The line read again with every other combination of choices."""
    found: list[tuple[Term, ...]] = []
    for decisions in islice(product(*(range(count) for count in choices)), 1, _ALTERNATIVES):
        try:
            other, _ = Parser(text, tokens, context, decisions).line()
        except ReadError:
            continue
        if other != sides and other not in found:
            found.append(other)
    return tuple(found)
