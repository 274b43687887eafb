"""`shortened(term)`: the same formula in fewer signs: fractions cancelled, sums freed of constant factors.

-y/a·a(1 − a) + (1 − y)/(1 − a)·a(1 − a) is a − y; Σ_k p_k t_k/p_k is Σ_k t_k. Nothing is believed: whoever
asks proves what comes back.
"""

from __future__ import annotations

from functools import lru_cache

from symderiv.derive.collect import collect
from symderiv.derive.present import present
from symderiv.derive.vector_fold import Monomial, monomials
from symderiv.errors import LimitError, UnsupportedError
from symderiv.network.patterns import pattern, renamed
from symderiv.notation.term import ONE, Term, total

_LARGEST = 300


def size(term: Term) -> int:
    """How many signs a formula has."""
    return sum(1 for _ in term.walk())


def shortened(term: Term) -> Term:
    """The shortest of the ways to write the term; as it is where none is shorter."""
    if size(term) > _LARGEST:
        return term
    (same,), back = pattern(term)
    return renamed(_shortened(same), back)


@lru_cache(maxsize=2048)
def _shortened(term: Term) -> Term:
    inner = _inside(term)
    found = [inner]
    for way in (collect, _expanded, present):
        try:
            found.append(way(inner))
        except (UnsupportedError, LimitError):
            continue
    return min(found, key=size)


def _inside(term: Term) -> Term:
    """Sums first: their bodies shortened, constant factors in front."""
    if term.kind == "sum":
        body, letter, low, high = term.args
        return _freed(_shortened(body), letter, low, high)
    if not term.args or term.kind in ("index", "call", "piecewise"):
        return term
    return term.with_args(*map(_inside, term.args))


def _freed(body: Term, letter: Term, low: Term, high: Term) -> Term:
    whole = total(body, letter, low, high)
    try:
        parts = monomials(body)
    except UnsupportedError:
        return whole
    if len(parts) != 1:
        return whole
    inside = {b: e for b, e in parts[0].powers.items() if letter.name in b.free_symbols()}
    outside = {b: e for b, e in parts[0].powers.items() if b not in inside}
    if not inside:
        return whole
    summed = total(Monomial(powers=inside).term(), letter, low, high)
    freed = Monomial(parts[0].number, {**outside, summed: parts[0].powers.get(summed, 0) + ONE.value()})
    return freed.term()


def _expanded(term: Term) -> Term:
    return present(collect(term))
