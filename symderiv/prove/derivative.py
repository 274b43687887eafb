"""Proof by the derivative: a difference whose slope is 0 is constant on an interval; one point settles it.

For one symbol, the domain and the cell must be cut out by polynomials in that symbol alone; on each
interval that is left, the claim is proved at a rational point.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq_mpoly, fmpz_poly

from symderiv.errors import UnsupportedError
from symderiv.field.build import build
from symderiv.field.constants import vanishes
from symderiv.field.engine import Engine
from symderiv.field.region import Region
from symderiv.field.roots import evaluate, real_cuts, univariate
from symderiv.field.slopes import slope
from symderiv.field.terms import depends
from symderiv.field.tower import Element, Generator, SplitError, UndefinedError
from symderiv.notation.term import num
from symderiv.prove.claim import Claim
from symderiv.prove.conditions import requirements

if TYPE_CHECKING:
    from symderiv.prove.cells import CellProof

_MAX_NESTING = 4
_MAX_DEGREE = 40
_SIMPLE = tuple(Fraction(n, d) for n, d in ((0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1)))


def constant_in_some_symbol(proof: CellProof, claim: Claim, region: Region, gap: Element) -> bool:
    """Is there a symbol of which the difference does not depend, with the claim true at one of its values?"""
    engine = proof.engine
    if proof.nesting > _MAX_NESTING or not _worth_it(engine, gap):
        return False
    for generator in list(engine.tower.generators):
        if generator.kind != "symbol" or "[" in generator.label or _discrete(engine, generator):
            continue
        if not any(depends(engine, g, generator) for g in engine.tower.used(gap.num)):
            continue
        engine.start(region)
        try:
            flat = vanishes(engine.tower, slope(engine, gap, engine.tower.of(generator)).num)
            samples = _samples(engine, claim, region, generator) if flat else None
        except (UnsupportedError, UndefinedError, SplitError):
            continue
        if samples is not None and all(_settled(proof, claim, generator.label, s, region) for s in samples):
            return True
    return False


def _discrete(engine: Engine, generator: Generator) -> bool:
    """Is the symbol confined to whole numbers, by assumption or by a power of -1?"""
    return engine.assumptions.get(generator.label) == "integer" or any(
        g.kind == "parity" and depends(engine, g, generator) for g in engine.tower.generators
    )


def _worth_it(engine: Engine, gap: Element) -> bool:
    """Only what has opaque parts can hide an identity from the normal form."""
    kinds = {g.kind for g in engine.tower.used(gap.num)}
    return bool(kinds & {"log", "atan", "asin", "erf", "sin", "cos", "root", "exp"})


def _settled(
    proof: CellProof, claim: Claim, name: str, interval: tuple[Fraction, list[Fraction]], region: Region
) -> bool:
    inner, others = interval
    return any(proof.holds(claim.at(name, num(value)), Region(region.tower)) for value in [*others, inner])


def _samples(
    engine: Engine, claim: Claim, region: Region, generator: Generator
) -> list[tuple[Fraction, list[Fraction]]] | None:
    """A point in each interval (and simple points besides), or None where the domain has another shape."""
    polys: dict[str, fmpz_poly] = {}
    facts: list[tuple[fmpz_poly, int]] = []
    for factor, sign, _ in region.facts.values():
        known = engine.with_known_signs(factor)
        for part in known:
            poly = _in_one(engine, part, generator)
            if poly is None:
                return None
            if poly.degree() > 0:
                polys[poly.str()] = poly
                if part == factor:
                    facts.append((poly, sign))
    for factor in _borders(engine, claim):
        poly = _in_one(engine, factor, generator)
        if poly is None:
            return None
        if poly.degree() > 0:
            polys[poly.str()] = poly
    product = fmpz_poly([1])
    for key in sorted(polys):
        product *= polys[key]
    found = []
    for sample in real_cuts(product, generator.low, generator.high):
        signs = [(evaluate(p, sample) > 0) for p in polys.values()]
        if all(evaluate(p, sample) * sign > 0 for p, sign in facts):
            near = [
                v
                for v in _SIMPLE
                if _between(v, generator)
                and all(evaluate(p, v) != 0 for p in polys.values())
                and [(evaluate(p, v) > 0) for p in polys.values()] == signs
                and _same_interval(product, v, sample)
            ]
            found.append((sample, near))
    return found


def _between(value: Fraction, generator: Generator) -> bool:
    return (generator.low is None or value > generator.low) and (
        generator.high is None or value < generator.high
    )


def _same_interval(product: fmpz_poly, a: Fraction, b: Fraction) -> bool:
    low, high = min(a, b), max(a, b)
    return low == high or len(real_cuts(product, low, high)) == 1


def _in_one(engine: Engine, factor: fmpq_mpoly, generator: Generator) -> fmpz_poly | None:
    """The factor as a polynomial in the symbol (a constant where it does not depend on it), or None."""
    used = engine.tower.used(factor)
    if not any(depends(engine, g, generator) for g in used):
        return fmpz_poly([1])
    if len(used) == 1 and used[0] is generator and factor.total_degree() <= _MAX_DEGREE:
        return univariate(engine.tower, factor, generator)
    return None


def _borders(engine: Engine, claim: Claim) -> list[fmpq_mpoly]:
    """The factors at whose zeros the domain may end or a side may jump."""
    found: dict[str, fmpq_mpoly] = {}

    def note(factor: fmpq_mpoly) -> None:
        for part in engine.zeros_of(factor):
            known = engine.region.definite(part)
            if known is None or not known[1]:
                found[part.str()] = part

    terms = [need.term for term in claim.terms for need in requirements(term)]
    nodes = [node for term in claim.terms for node in term.walk()]
    terms += [node.args[0] for node in nodes if node.kind == "call" and node.name == "sign"]
    for term in terms:
        value = build(engine, term)
        for poly in (value.num, value.den):
            for factor, _ in engine.factored(poly)[1]:
                note(factor)
    return [found[key] for key in sorted(found)]
