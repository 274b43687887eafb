"""y' in the variable alone: over E = e^(-|u|) <= 1 where exponentials are involved, denominators cleared.

On each side of u = 0 the derivative is a quotient of polynomials in E, which can neither overflow nor, where
the coefficients have one sign, cancel. Where both sides read the same, one formula with |u| stands for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symderiv.derive.algebra import literal, negate
from symderiv.derive.forms_letters import calls, companions
from symderiv.derive.forms_search import Workshop, plainly_positive
from symderiv.derive.forms_smooth import Smooth
from symderiv.derive.present import present, present_numerator
from symderiv.derive.present_powers import join_powers
from symderiv.derive.present_writer import cost
from symderiv.field.eliminate import Letter, Search
from symderiv.field.eliminate_cells import Cell
from symderiv.notation.term import (
    ONE,
    TRUE,
    ZERO,
    Term,
    call,
    case,
    const,
    div,
    mul,
    num,
    piecewise,
    relation,
    sym,
)

_HYPERBOLIC = frozenset({"sinh", "cosh", "sech", "csch"})
_SEARCHES = (Search(4, 3), Search(7, 4, width=90), Search(10, 7, width=90))
_ALTERNATIVES = 3
"""How many exponentials are tried one by one."""


def input_candidates(engine: Smooth, side: int = 0) -> Iterator[Term]:
    """Candidates for y' in the variable alone, best first; `side` is the sign of the variable, 0 for both."""
    exponents = _exponents(engine)
    others = _others(engine)
    chosen = [[u] for u in exponents[:_ALTERNATIVES]] + ([exponents[:2]] if len(exponents) > 1 else [])
    for group in chosen:
        made = _over_exponentials(engine, group, others, side)
        if made is not None:
            yield made
    growing = [_letter(u) for u in exponents[:2]] + [_letter(negate(u)) for u in exponents[:1]]
    for search in _SEARCHES:
        for letters in _vocabularies(engine.x, growing, others):
            made = _solved(engine.shop, letters, search, engine.prices)
            if made is not None:
                yield made
                return


def _vocabularies(x: Letter, growing: list[Letter], others: list[Letter]) -> list[list[Letter]]:
    """What a formula without |u| may be made of, simplest first."""
    found = [[x], others[:1], [x, *others[:1]], [x, *others[:3]]]
    found += [growing[:1], [x, *growing[:1]], [x, *growing[-1:]], [x, *growing[:1], *others[:2]]]
    return [letters for letters in found if letters]


def _over_exponentials(engine: Smooth, exponents: list[Term], others: list[Letter], side: int) -> Term | None:
    """One formula in e^(-|u|) if there is one, else one for each side."""
    switching = [u for u in exponents if not _has_one_sign(u, engine)]
    steady = [_letter(negate(u)) for u in exponents if u not in switching]
    if not switching:
        return _best(engine, [_cell(1)], steady, others, 1)
    if not side:
        letters = [_letter(negate(_size(u, engine))) for u in switching]
        together = _best(engine, [_cell(1), _cell(-1)], [*letters, *steady], others, 0)
        if together is not None:
            return together
    parts: list[Term] = []
    for sign in (side,) if side else (1, -1):
        letters = [_letter(present(negate(u) if sign > 0 else u)) for u in switching]
        part = _best(engine, [_cell(sign)], [*letters, *steady], others, sign)
        if part is None:
            return None
        parts.append(part)
    if all(part == parts[0] for part in parts):
        return parts[0]
    condition = relation(">=", _carrier(switching[0], engine), ZERO)
    return piecewise(case(parts[0], condition), case(parts[1], TRUE))


def _best(
    engine: Smooth, cells: list[Cell], letters: list[Letter], others: list[Letter], sign: int
) -> Term | None:
    shop = engine.shop.on(cells)
    if sign:
        tamed = (_tamed(letter, letters) for letter in others)
        others = [letter for letter in tamed if shop.fits(letter.meaning)]
    prices = dict(engine.prices)
    for letter in letters:
        prices[letter.shown] = cost(letter.shown)
    sets = [letters, [*letters, engine.x], [*letters, *others[:2]], [*letters, *others[:2], engine.x]]
    for search in _SEARCHES if len(letters) == 1 else _SEARCHES[:1]:
        for chosen in sets if others else sets[:2]:
            made = _solved(shop, chosen, search, prices)
            if made is not None:
                return made
    return None


def _solved(shop: Workshop, letters: list[Letter], search: Search, prices: Mapping[Term, int]) -> Term | None:
    proposal = shop.propose(letters, search)
    if proposal is None or proposal.degree > 1:
        return None
    made = shop.settle(proposal, prices)
    return None if made is None else join_powers(made.term)


def _tamed(letter: Letter, exponentials: list[Letter]) -> Letter:
    """log(1 + e^u) as log(1 + e^(-u)): what grows inside a logarithm is taken out of it."""
    node = letter.meaning
    if node.kind != "call" or node.name != "log":
        return letter
    for small in exponentials:
        exponent = small.meaning.args[0]
        grown = call("exp", present(negate(exponent)))
        if grown in node.walk():
            inside = _replaced(node.args[0], grown, div(ONE, small.meaning))
            top = call("log", present_numerator(inside))
            return Letter(top, top, letter.price)
    return letter


def _replaced(term: Term, old: Term, new: Term) -> Term:
    return term.rebuild(lambda node: new if node == old else None)


def _exponents(engine: Smooth) -> list[Term]:
    """Arguments u whose exponentials are in the field, without a leading minus."""
    found: dict[Term, None] = {}
    hyperbolic: dict[Term, None] = {}
    for node in calls(engine.plain, engine.variable):
        if node.kind == "pow" and node.args[0] == const("e"):
            u = node.args[1]
        elif node.kind != "call":
            continue
        elif node.name == "exp":
            u = node.args[0]
        elif node.name in ("erf", "erfc"):
            u = mul(node.args[0], node.args[0])
        elif node.name in _HYPERBOLIC or node.name in ("tanh", "coth"):
            u = mul(num(2), node.args[0])
            hyperbolic.setdefault(_unsigned(present(node.args[0])))
        else:
            continue
        found.setdefault(_unsigned(present(u)))
    simple = [u for u in found if not any(part.name == "log" for part in calls(u, engine.variable))]
    # e^(2u) first: most quotients of hyperbolic functions need no e^u
    ranked = sorted(simple, key=cost) + [u for u in hyperbolic if u not in found]
    return [u for u in ranked if engine.shop.fits(call("exp", u))]


def _unsigned(u: Term) -> Term:
    return u.args[0] if u.kind == "neg" else u


def _others(engine: Smooth) -> list[Letter]:
    """Calls that are no exponentials: logarithms, roots, angles, error functions."""
    skip = {"exp", "tanh", "coth", *_HYPERBOLIC}
    found: list[Letter] = []
    inner = calls(engine.plain, engine.variable)
    roots = [node for node in companions(inner, engine.plain) if node.name == "sqrt"]
    for node in dict.fromkeys((*inner, *roots)):
        if node.kind == "pow" and (node.args[0] == const("e") or literal(node.args[1]) is not None):
            continue
        if node.kind == "call" and node.name not in skip and engine.shop.fits(node):
            found.append(Letter(node, node, 5))
        if node.kind == "call" and node.name in ("sin", "cos"):
            other = call("cos" if node.name == "sin" else "sin", node.args[0])
            found.append(Letter(other, other, 5))
    return found


def _size(u: Term, engine: Smooth) -> Term:
    """|u|, as c |x| where the variable has the sign of u."""
    x = sym(engine.variable)
    return u.substitute({engine.variable: call("Abs", x)}) if _carrier(u, engine) == x else call("Abs", u)


def _letter(exponent: Term) -> Letter:
    return Letter(call("exp", exponent), call("exp", exponent), 4)


def _has_one_sign(u: Term, engine: Smooth) -> bool:
    """Is u plainly never negative: a product of even powers, exponentials and positive constants?"""
    if u.kind in ("mul", "div"):
        return all(_has_one_sign(arg, engine) for arg in u.args)
    if u.kind == "pow":
        exponent = literal(u.args[1])
        if exponent is not None and exponent.denominator == 1 and exponent % 2 == 0:
            return True
    return u in engine.positive or plainly_positive(u)


def _carrier(u: Term, engine: Smooth) -> Term:
    """The variable where u has its sign (u = c x with c positive), else u itself."""
    x = sym(engine.variable)
    if u == x:
        return x
    if u.kind == "mul" and x in u.args and all(arg == x or _has_one_sign(arg, engine) for arg in u.args):
        return x
    if u.kind == "div" and _has_one_sign(u.args[1], engine):
        return x if _carrier(u.args[0], engine) == x else u
    return u


def _cell(sign: int) -> Cell:
    """All |u| read as u, or as -u."""

    def visit(node: Term) -> Term | None:
        if node.kind == "call" and node.name == "Abs":
            inner = node.args[0].rebuild(visit)
            return inner if sign > 0 else negate(inner)
        return None

    return Cell(None, None, lambda term: term.rebuild(visit))
