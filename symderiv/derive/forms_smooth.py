"""Candidates for one smooth formula: output, implicit, display, input; cheapest first, nothing proved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from symderiv.catalog import Catalog
from symderiv.derive.forms_letters import heads, inverse_letters
from symderiv.derive.forms_search import Candidate, Workshop
from symderiv.derive.present import cost
from symderiv.field.eliminate import Letter, Search
from symderiv.field.eliminate_cells import Cell
from symderiv.notation.term import Term, call, sym

_LETTER_PRICE, _VARIABLE_PRICE, _NAMED_PRICE = 12, 15, 40
_ENOUGH = (45, 90)
"""A display this cheap is not improved by one head, by two heads."""
_NAMES = "tuvwpqrabc"


class Smooth:
    """The candidates of y = definition where it is smooth (one formula, or one formula over several cells)."""

    def __init__(
        self,
        definition: Term,
        plain: Term,
        variable: str,
        output: Term,
        catalog: Catalog,
        *,
        order: int,
        cells: Sequence[Cell] | None = None,
        extra: Sequence[Term] = (),
    ) -> None:
        self.definition = definition
        self.plain = plain
        self.variable = variable
        self.output = output
        self.order = order
        self.extra = tuple(extra)
        self.shop = Workshop(plain, variable, output, catalog.unfold, order=order, cells=cells)
        self._catalog = catalog
        self.prices: dict[Term, int] = {output: _LETTER_PRICE, sym(variable): _VARIABLE_PRICE}
        self.named: dict[Term, Term] = {}
        self.y = Letter(output, plain, 2)
        self.x = Letter(sym(variable), sym(variable), 3)

    # in y alone

    def groups(self) -> list[tuple[Letter, ...]]:
        """Vocabularies in y alone: {y}, and y with an inverse of its outermost layer."""
        found: list[tuple[Letter, ...]] = [(self.y,)]
        inverse = inverse_letters(self.plain, self.variable, self.output)
        own = tuple((Letter(_over(self.output, e), e, 3),) for e in self.extra if self.plain in e.args)
        for group in (*own, *inverse):
            if all(self._exists(letter.meaning) for letter in group):
                found.append((self.y, *group))
        return found

    def _exists(self, meaning: Term) -> bool:
        return self.shop.fits(meaning)

    def output_candidates(self) -> list[Candidate]:
        """dy = g(y), rational in y and its inverse layer."""
        found: list[Candidate] = []
        for group in self.groups():
            search = {1: Search(8, 8), 2: Search(5, 3), 3: Search(4, 2)}[len(group)]
            made = self.shop.candidate(group, search, self.prices)
            if made is not None:
                found.append(made)
                if made.letters == (self.y,) and made.price < _ENOUGH[0]:
                    break
        return sorted(found, key=lambda c: (c.price, str(c.term)))

    def implicit_candidates(self) -> list[Candidate]:
        """Equations in dy, y and the inverse layer, of degree 2 to 4 in dy."""
        found: list[Candidate] = []
        for group in self.groups():
            search = {1: Search(12, 8, 4), 2: Search(8, 5, 2), 3: Search(4, 2, 2)}[len(group)]
            made = self.shop.candidate(group, search, self.prices)
            if made is not None and made.degree > 1:
                found.append(made)
        return sorted(found, key=lambda c: (c.degree, c.price, str(c.term)))

    # for people

    def display_candidates(self, known: Sequence[Candidate]) -> list[Candidate]:
        """dy in y, heads and the variable: stage by stage, until more heads cannot pay."""
        found = list(known)
        found += self._tried([[self.y, self.x]], Search(5, 3))
        letters = [self._head(term) for term in self._heads()]
        if self._cheapest(found) > _ENOUGH[0]:
            singles = [[self.y, letter] for letter in letters]
            found += self._tried(singles, Search(4, 2))
            found += self._tried([[*pair, self.x] for pair in singles], Search(3, 2))
        if self._cheapest(found) > _ENOUGH[1]:
            pairs = [[self.y, *two, self.x] for two in combinations(letters[:5], 2)]
            found += self._tried(pairs, Search(3, 1))
        if not found:
            found += self._tried(self._wide(letters), Search(4, 2))
        return sorted(found, key=lambda c: (c.price, str(c.term)))

    def in_variable(self, extra: Sequence[Term]) -> Term | None:
        """dy in the variable and the extra Terms (|x|, sign x) alone."""
        letters = [Letter(term, term, 4) for term in extra]
        for chosen in ([self.x], *([letter] for letter in letters), [self.x, *letters]):
            made = self.shop.candidate(chosen, Search(4, 3), self.prices)
            if made is not None and made.degree == 1:
                return made.term
        return None

    def _wide(self, letters: list[Letter]) -> list[list[Letter]]:
        sets = [[self.y, *letters[:count], self.x] for count in (3, 4, 5) if count <= len(letters)]
        return [[self.y, self.x], *([self.y, letter, self.x] for letter in letters[:4]), *sets]

    @staticmethod
    def _cheapest(found: Sequence[Candidate]) -> int:
        return min((c.price for c in found), default=10_000)

    def _tried(self, sets: Sequence[list[Letter]], search: Search) -> Iterator[Candidate]:
        for letters in sets:
            made = self.shop.candidate(letters, search, self.prices)
            if made is not None and made.degree == 1:
                yield made

    def _heads(self) -> tuple[Term, ...]:
        extra = [e for e in self.extra if self.plain not in e.args and self.shop.fits(e)]
        return (*extra, *heads(self.definition, self.plain, self.variable, self._catalog, self.shop.fits))

    def _head(self, term: Term) -> Letter:
        """The head as a letter; one of a composed argument gets a name of its own."""
        if any(node.kind == "call" and node is not term for node in term.walk()):
            shown = self._name(term)
            self.named[shown] = term
            self.prices[shown] = _LETTER_PRICE + 4
            return Letter(shown, term, 6)
        self.prices[term] = cost(term)
        return Letter(term, term, 5)

    def _name(self, term: Term) -> Term:
        taken = self.definition.symbols() | self.plain.symbols() | {s.name for s in self.named} | {self.output.name, "dy"}
        first = term.name[:1] if term.kind == "call" else ""
        options = [n for n in (first, *_NAMES) if n.isalpha() and n.islower() and n not in taken and n not in "deixy"]
        return sym(options[0] if options else f"t_{len(self.named) + 1}")


def _over(output: Term, extra: Term) -> Term:
    """Abs(y) for Abs(f(x))."""
    return call(extra.name, output)
