"""y' in the variable alone: over E = e^(-|u|) <= 1 where exponentials are involved, denominators cleared.

On each side of u = 0 the derivative is a quotient of polynomials in E, which can neither overflow nor, where the
coefficients have one sign, cancel. Where both sides read the same, one formula with |u| stands for both.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derive.algebra import literal, negate
from symderiv.derive.forms_letters import calls
from symderiv.derive.forms_search import Candidate, Workshop
from symderiv.derive.forms_smooth import Smooth
from symderiv.derive.present import cost, present
from symderiv.field.eliminate import Letter, Search
from symderiv.field.eliminate_cells import Cell
from symderiv.notation.term import (
    TRUE,
    ZERO,
    Term,
    call,
    case,
    const,
    mul,
    num,
    piecewise,
    relation,
    sym,
)

_HYPERBOLIC = frozenset({"sinh", "cosh", "sech", "csch"})
_SEARCHES = (Search(4, 3), Search(7, 4, width=90))


def input_candidates(engine: Smooth) -> Iterator[Term]:
    """Candidates for y' in the variable alone, best first."""
    exponents = _exponents(engine)
    others = _others(engine)
    if not exponents:
        for search in _SEARCHES:
            for letters in ([engine.x], [engine.x, *others[:1]], [engine.x, *others[:3]]):
                made = engine.shop.candidate(letters, search, engine.prices)
                if made is not None and made.degree == 1:
                    yield made.term
                    return
        return
    for count in dict.fromkeys((1, min(2, len(exponents)))):
        yield from _over_exponentials(engine, exponents[:count], others)


def _over_exponentials(engine: Smooth, exponents: list[Term], others: list[Letter]) -> Iterator[Term]:
    switching = [u for u in exponents if not _is_even(u, engine.variable)]
    signs = [1, -1] if switching else [1]
    cells = [_cell(exponents, sign) for sign in signs]
    letters = [_decaying(u, engine.variable) for u in exponents]
    together = _best(engine, cells, letters, others)
    if together is not None:
        yield together.term
        return
    if len(signs) == 1:
        return
    parts = []
    for cell, sign in zip(cells, signs, strict=True):
        sided = [
            letter if _is_even(u, engine.variable) else _letter(present(u if sign < 0 else negate(u)))
            for letter, u in zip(letters, exponents, strict=True)
        ]
        part = _best(engine, [cell], sided, others)
        if part is None:
            return
        parts.append(part.term)
    condition = relation(">=", _carrier(switching[0], engine.variable), ZERO)
    yield piecewise(case(parts[0], condition), case(parts[1], TRUE))


def _best(engine: Smooth, cells: list[Cell], letters: list[Letter], others: list[Letter]) -> Candidate | None:
    shop = Workshop(
        engine.plain, engine.variable, engine.output, engine.shop.unfold, order=engine.order, cells=cells
    )
    prices = dict(engine.prices)
    for letter in letters:
        prices[letter.shown] = cost(letter.shown)
    sets = [letters, [*letters, engine.x], [*letters, *others[:2]], [*letters, *others[:2], engine.x]]
    for search in _SEARCHES:
        for chosen in sets:
            made = shop.candidate(chosen, search, prices)
            if made is not None and made.degree == 1:
                return made
        if len(letters) > 1:
            break
    return None


def _exponents(engine: Smooth) -> list[Term]:
    """Arguments u whose exponentials are in the field, with the sign that makes the first coefficient positive."""
    found: dict[Term, None] = {}
    for node in calls(engine.plain, engine.variable):
        if node.kind == "pow" and node.args[0] == const("e"):
            u = node.args[1]
        elif node.kind != "call":
            continue
        elif node.name == "exp" or node.name in _HYPERBOLIC:
            u = node.args[0]
        elif node.name in ("tanh", "coth"):
            u = present(mul(num(2), node.args[0]))
        elif node.name in ("erf", "erfc"):
            u = present(mul(node.args[0], node.args[0]))
        else:
            continue
        u = present(u)
        u = u.args[0] if u.kind == "neg" else u
        if engine.shop.fits(call("exp", u)):
            found.setdefault(u)
    return sorted(found, key=cost)


def _others(engine: Smooth) -> list[Letter]:
    """Calls that are no exponentials: logarithms, roots, angles, error functions."""
    skip = {"exp", "tanh", "coth", *_HYPERBOLIC}
    found: list[Letter] = []
    for node in calls(engine.plain, engine.variable):
        if node.kind == "pow" and (node.args[0] == const("e") or literal(node.args[1]) is not None):
            continue
        if node.kind == "call" and node.name not in skip and engine.shop.fits(node):
            found.append(Letter(node, node, 5))
        if node.kind == "call" and node.name in ("sin", "cos"):
            other = call("cos" if node.name == "sin" else "sin", node.args[0])
            found.append(Letter(other, other, 5))
    return found


def _decaying(u: Term, variable: str) -> Letter:
    if _is_even(u, variable):
        return _letter(negate(u))
    carrier = _carrier(u, variable)
    inner = u.substitute({variable: call("Abs", sym(variable))}) if carrier == sym(variable) else call("Abs", u)
    return _letter(negate(inner))


def _letter(exponent: Term) -> Letter:
    return Letter(call("exp", exponent), call("exp", exponent), 4)


def _is_even(u: Term, variable: str) -> bool:
    """Is u plainly of one sign: a product of even powers and numbers, parameters aside?"""
    match u.kind:
        case "mul" | "div":
            return all(_is_even(arg, variable) or variable not in arg.free_symbols() for arg in u.args)
        case "pow":
            exponent = literal(u.args[1])
            return exponent is not None and exponent.denominator == 1 and exponent % 2 == 0
        case _:
            return False


def _carrier(u: Term, variable: str) -> Term:
    """The variable where u has its sign (u = c x with c a positive number), else u itself."""
    x = sym(variable)
    if u == x:
        return x
    if u.kind == "mul" and u.args[-1] == x and all((literal(arg) or 0) > 0 for arg in u.args[:-1]):
        return x
    if u.kind == "div" and (literal(u.args[1]) or 0) > 0:
        return _carrier(u.args[0], variable)
    return u


def _cell(exponents: list[Term], sign: int) -> Cell:
    """All |u| read as u, or as -u."""

    def resolve(term: Term) -> Term:
        def visit(node: Term) -> Term | None:
            if node.kind == "call" and node.name == "Abs":
                return resolve(node.args[0]) if sign > 0 else negate(resolve(node.args[0]))
            return None

        return term.rebuild(visit)

    _ = exponents
    return Cell(None, None, resolve)
