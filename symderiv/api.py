"""The whole pipeline, readable in one screen: read, derive, prove, write.

derivation = derive("swish")                 # or derive("x*tanh(log(1 + exp(x)))")
verdict = prove("D(sigmoid(x), x)", "sigmoid(x)*(1 - sigmoid(x))")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from symderiv.catalog import Catalog, load
from symderiv.catalog.symbol import checked_symbol
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.lines import Detail
from symderiv.derive.refusal import refused
from symderiv.derive.scalar import Request, derive_scalar
from symderiv.derive.step import Derivation
from symderiv.derive.target import expression, record_of, variable_of
from symderiv.derive.vector import derive_vector
from symderiv.meaning import read_assumptions
from symderiv.prove import Prover, Verdict


def derive(
    target: str,
    *,
    wrt: str | None = None,
    name: str | None = None,
    symbol: str | None = None,
    params: Mapping[str, str] | None = None,
    routes: Sequence[str] = (),
    detail: Detail = "textbook",
    catalog: Catalog | None = None,
) -> Derivation:
    """d target / d wrt, step by step, ending in the self-referential form; every line with its verdict.

    `target` is a catalogue name or an expression in plain notation; `params` gives assumptions, as in
    `{"beta": "positive"}`; `routes` asks for routes by id, or `["all"]`. Raises `SymderivError`.
    """
    known = catalog if catalog is not None else load()
    assumed = read_assumptions(params or {})
    letter = None if symbol is None else checked_symbol(symbol)
    record = record_of(target, known, name=name, symbol=letter, params=assumed, wrt=wrt)
    request = Request(record, known, variable_of(record, wrt), tuple(routes), detail)
    if record.is_vector:
        return derive_vector(request)
    return refused(derive_scalar(request, lemmas(known)))


def prove(
    a: str, b: str, *, assume: Mapping[str, str] | None = None, catalog: Catalog | None = None
) -> Verdict:
    """Is a = b for all real values of its symbols where both sides are defined? Raises `SymderivError`."""
    known = catalog if catalog is not None else load()
    prover = Prover(known, read_assumptions(assume or {}))
    return prover.prove(*(expression(known.read(side, symbols=assume or ())) for side in (a, b)))


@lru_cache(maxsize=8)
def lemmas(catalog: Catalog) -> Lemmas:
    """The lemmas found so far for a catalogue."""
    return Lemmas(catalog)
