"""Candidates for one smooth formula: output, implicit, display, input; cheapest first, nothing proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from symderiv.catalog import Catalog
from symderiv.derive.forms_letters import heads, inverse_letters
from symderiv.derive.forms_search import Candidate, Workshop
from symderiv.derive.present_writer import cost
from symderiv.field.eliminate import Letter, Proposal, Search
from symderiv.field.eliminate_cells import Cell
from symderiv.notation.names import FUNCTIONS
from symderiv.notation.term import Term, call, sym

_LETTER_PRICE, _VARIABLE_PRICE, _HEAD_PRICE, _FOREIGN_PRICE = 12, 15, 10, 30
_ENOUGH = (48, 95)
"""A display this cheap is not improved by one head, by two heads."""
_ASIDE = 25
"""What a form with heads costs more when it does not use y."""
_WRITTEN = 4
"""How many proposals are written out to find the cheapest."""
_NAMES = "tuvwpqrabc"
_WITH_POLES = frozenset({"tan", "cot", "sec", "csc", "coth", "csch"})
_POLE_PRICE = 40
"""A head that is not defined everywhere costs more where the definition does not name it."""
_KEPT = "deixy"
"""Letters that mean something else: d, e, the output, the usual variable, an index."""


@dataclass(frozen=True, slots=True)
class Request:
    """y = definition(variable), the letter for y, what may be named, the order, and what is positive."""

    definition: Term
    variable: str
    output: Term
    catalog: Catalog
    order: int
    positive: frozenset[Term]

    def engine(self, definition: Term, plain: Term) -> Smooth:
        """The candidates of one smooth formula."""
        return Smooth(self, definition, plain)


class Smooth:
    """The candidates of y = definition: one smooth formula, on the line or on several cells."""

    def __init__(
        self,
        request: Request,
        definition: Term,
        plain: Term,
        *,
        cells: Sequence[Cell] | None = None,
        extra: Sequence[Term] = (),
    ) -> None:
        self.definition = definition
        self.plain = plain
        self.variable = variable = request.variable
        self.output = output = request.output
        self.positive = request.positive
        self.extra = tuple(extra)
        self._catalog = catalog = request.catalog
        self._inverse = inverse_letters(plain, variable, output)
        meanings = [letter.meaning for group in self._inverse for letter in group]
        self.shop = Workshop(
            plain, variable, output, catalog.unfold, order=request.order, cells=cells, roots=meanings
        )
        self.prices: dict[Term, int] = {output: _LETTER_PRICE, sym(variable): _VARIABLE_PRICE}
        for letter in (letter for group in self._inverse for letter in group):
            if letter.shown.kind == "call" and letter.shown.name not in ("exp", "log"):
                self.prices[letter.shown] = cost(letter.shown) + _FOREIGN_PRICE
        self.named: dict[Term, Term] = {}
        self.y = Letter(output, plain, 2)
        self.x = Letter(sym(variable), sym(variable), 3)

    # in y alone

    def groups(self) -> list[tuple[Letter, ...]]:
        """Vocabularies in y alone: {y}, and y with an inverse of its outermost layer."""
        found: list[tuple[Letter, ...]] = [(self.y,)]
        own = tuple(Letter(_over(self.output, e), e, 3) for e in self.extra if self.plain in e.args)
        found += [own] if len(own) > 1 else []
        for e in self.extra:
            if self.plain in e.args:
                found += [
                    (Letter(_over(self.output, e), e, 3),),
                    (self.y, Letter(_over(self.output, e), e, 3)),
                ]
        found += [(self.y, *g) for g in self._inverse if all(self.shop.fits(x.meaning) for x in g)]
        return found

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
        linear = [c for c in known if c.degree == 1]
        proposals = self._proposed([[self.y, self.x], [self.x]], Search(5, 3))
        if self._cheapest(linear, proposals) > _ENOUGH[0]:
            letters = [self._head(term) for term in self._heads()]
            singles = [[self.y, letter] for letter in letters]
            proposals += self._proposed(singles, Search(4, 2))
            proposals += self._proposed([[*pair, self.x] for pair in singles], Search(3, 2))
            proposals += self._proposed([[letter, self.x] for letter in letters], Search(4, 2))
            if self._cheapest(linear, proposals) > _ENOUGH[1]:
                pairs = [[self.y, *two] for two in combinations(letters[:5], 2)]
                pairs += [[*pair, self.x] for pair in pairs]
                proposals += self._proposed(pairs, Search(3, 1))
            if not linear and not proposals:
                proposals += self._proposed(self._wide(letters), Search(5, 3))
        return self._written(linear, proposals)

    def _written(self, known: Sequence[Candidate], proposals: Sequence[Proposal]) -> list[Candidate]:
        """The cheapest few proposals, written, among what is known."""
        found = list(known)
        seen: set[object] = set()
        for proposal in sorted(proposals, key=self._guess):
            key = (proposal.used, tuple((j, tuple(k for k in e if k), w) for j, e, w in proposal.support))
            if key in seen:
                continue
            seen.add(key)
            made = self.shop.settle(proposal, self.prices)
            if made is not None and made.degree == 1:
                found.append(made)
            if len(seen) >= _WRITTEN:
                break
        return sorted(found, key=lambda c: (c.price + self._aside(c.letters, c.term), str(c.term)))

    def _guess(self, proposal: Proposal) -> int:
        price = proposal.weigh([self.prices.get(letter.shown, 40) for letter in proposal.letters])
        return price + self._aside(proposal.used, _alone(proposal))

    def _aside(self, used: Sequence[Letter], term: Term | None) -> int:
        """The price of heads that do without y, unless one head is all there is."""
        heads = [x for x in used if x.shown in (*self.named, *self.prices) and x not in (self.y, self.x)]
        alone = term is not None and any(x.shown == term for x in heads)
        return _ASIDE if heads and self.y not in used and not alone else 0

    def _cheapest(self, found: Sequence[Candidate], proposals: Sequence[Proposal]) -> int:
        return min((*(c.price for c in found), *(self._guess(p) for p in proposals)), default=10_000)

    def _proposed(self, sets: Sequence[list[Letter]], search: Search) -> list[Proposal]:
        made = (self.shop.propose(letters, search) for letters in sets)
        return [proposal for proposal in made if proposal is not None and proposal.degree == 1]

    def _wide(self, letters: list[Letter]) -> list[list[Letter]]:
        sets = [[self.y, *letters[:count], self.x] for count in (3, 4, 5) if count <= len(letters)]
        return [[self.y, self.x], *([self.y, letter, self.x] for letter in letters[:4]), *sets]

    def in_variable(self, extra: Sequence[Term]) -> Term | None:
        """dy in the variable and the extra Terms (|x|, sign x) alone."""
        letters = [Letter(term, term, 4) for term in extra if self.shop.fits(term)]
        self.prices |= {letter.shown: cost(letter.shown) for letter in letters}
        for chosen in ([self.x], *([letter] for letter in letters), letters, [self.x, *letters]):
            made = self.shop.candidate(chosen, Search(4, 3), self.prices)
            if made is not None and made.degree == 1:
                return made.term
        return None

    def _heads(self) -> tuple[Term, ...]:
        extra = [e for e in self.extra if self.plain not in e.args and self.shop.fits(e)]
        return (*extra, *heads(self.definition, self.plain, self.variable, self._catalog, self.shop.admits))

    def _head(self, term: Term) -> Letter:
        """The head as a letter; one of a composed argument gets a name of its own."""
        if any(node.kind == "call" and node is not term for node in term.walk()):
            shown = self._name(term)
            self.named[shown] = term
            self.prices[shown] = _LETTER_PRICE + 4
            return Letter(shown, term, 6)
        self.prices[term] = cost(term) + _HEAD_PRICE + self._depth(term)
        return Letter(term, term, 5)

    def _depth(self, term: Term) -> int:
        """A head that the definition does not name costs more, the more it stands for."""
        if term in self.definition.walk():
            return 0
        if term.name in FUNCTIONS:
            return _POLE_PRICE if term.name in _WITH_POLES else 0
        return cost(self._catalog.unfold(term)) // 8

    def _name(self, term: Term) -> Term:
        taken = self.definition.symbols() | self.plain.symbols() | {s.name for s in self.named}
        first = term.name[:1] if term.kind == "call" else ""
        options = [
            n for n in (first, *_NAMES) if n.isalpha() and n.islower() and n not in taken and n not in _KEPT
        ]
        return sym(options[0] if options else f"t_{len(self.named) + 1}")


def _alone(proposal: Proposal) -> Term | None:
    """The letter, where dy is one letter times a constant."""
    return proposal.used[0].shown if len(proposal.support) == 2 and len(proposal.used) == 1 else None


def _over(output: Term, extra: Term) -> Term:
    """Abs(y) for Abs(f(x))."""
    return call(extra.name, output)
