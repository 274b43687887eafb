"""Sums with a δ in them, taken apart in the steps of a person: shorten, split, sift, collect.

Σ_k t[k] (s[k] (δ(k, j) - s[j])/s[k]) = Σ_k t[k] (δ(k, j) - s[j]) = Σ_k t[k] δ(k, j) - s[j] Σ_k t[k]
= t[j] - s[j] Σ_k t[k].
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symderiv.derive.vector_fold import Monomial, bracket, factored, is_delta, merged, monomials
from symderiv.notation.term import ONE, ZERO, Term, num, total


def chain(raw: Term) -> Iterator[tuple[str, Term]]:
    """(rule, formula) line by line; a line that changes nothing is left out. Raises `UnsupportedError`."""
    state = raw
    for rule, move in _MOVES:
        after = move(state)
        if after != state:
            yield rule, after
        state = after


def shortened(term: Term) -> Term:
    """Every summand in lowest terms, common factors in front."""
    return _sums(term, lambda body, _: factored(merged(monomials(body))).term())


def split(term: Term) -> Term:
    """Σ (a_k + c b_k) = Σ a_k + c Σ b_k."""

    def apart(node: Term) -> Term | None:
        if node.kind != "sum":
            return None
        body, bound, low, high = node.args
        parts = [_drawn_out(one, bound, low, high) for one in merged(monomials(body))]
        return bracket(parts) if parts else ZERO

    return term.rebuild(apart)


def _drawn_out(one: Monomial, bound: Term, low: Term, high: Term) -> Monomial:
    inside = {b: e for b, e in one.powers.items() if bound.name in b.free_symbols()}
    outer = {b: e for b, e in one.powers.items() if b not in inside}
    if not inside and low == ONE:
        return Monomial(one.number, outer).times(Monomial(powers={high: Fraction(1)}))
    whole = total(Monomial(powers=inside).term(), bound, low, high)
    return Monomial(one.number, outer).times(Monomial(powers={whole: Fraction(1)}))


def sifted(term: Term) -> Term:
    """Σ_k a_k δ(k, j) = a_j."""

    def sift(node: Term) -> Term | None:
        if node.kind != "sum":
            return None
        body, bound = node.args[0], node.args[1]
        found = monomials(body)
        if len(found) != 1:
            return None
        delta = next((b for b in found[0].powers if is_delta(b) and bound in b.args), None)
        if delta is None:
            return None
        place = delta.args[1] if delta.args[0] == bound else delta.args[0]
        return found[0].without(delta).term().substitute({bound.name: place})

    return term.rebuild(sift)


def collected(term: Term) -> Term:
    """Signs and numbers resolved, what is added before what is subtracted."""
    terms = merged(monomials(_opened(term)))
    if not terms:
        return num(0)
    return bracket(sorted(terms, key=lambda one: one.number < 0))


def _opened(term: Term) -> Term:
    """-(a - b) as -a + b; c (a - b)/d with numbers c and d as its summands."""
    if term.kind == "neg":
        inner = _opened(term.args[0])
        if inner.kind == "add":
            return inner.with_args(*(Term("neg", (arg,)) for arg in inner.args))
        return term.with_args(inner)
    if term.kind == "div" and term.args[0].kind == "add" and term.args[1].kind == "number":
        return term.args[0].with_args(*(Term("div", (arg, term.args[1])) for arg in term.args[0].args))
    return term


def _sums(term: Term, change: Callable[[Term, Term], Term]) -> Term:
    def visit(node: Term) -> Term | None:
        if node.kind != "sum":
            return None
        body, bound, low, high = node.args
        return total(change(body, bound), bound, low, high)

    return term.rebuild(visit)


_MOVES: tuple[tuple[str, Callable[[Term], Term]], ...] = (
    ("simplify-fraction", shortened),
    ("split-sum", split),
    ("sifting", sifted),
    ("collect", collected),
)
