"""Slips of algebra: signs, exponents, factors, terms.

Where the values say what a part of the right side should be, the slip is read off; inside of derivatives,
functions and sums, where they do not, small edits are tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.check.slips.needs import Need
from symderiv.check.slips.probe import Values, close, exponent_of
from symderiv.check.slips.words import factors, inner_derivatives, terms
from symderiv.check.slips.wrong import Guess, Wrong, negated, paths, size, summands, times
from symderiv.notation.term import ONE, Term, add, div, mul, num, power

_EACH = 0.1
"""What one more node that is put in counts."""
_BELOW = 0.3
"""What an edit inside of a function or a derivative counts."""
_OPAQUE = frozenset({"diff", "call", "sum"})
_MOST_BURIED = 24


def sign(wrong: Wrong) -> Iterator[Guess]:
    """A plus for a minus, anywhere on the right side."""
    for need in _own(wrong):
        ratio = need.ratio()
        if ratio is not None and close(ratio, tuple(-1.0 for _ in ratio)):
            yield Guess(wrong.right.replace_at(need.path, negated(need.part)))
    if not wrong.needs():  # vectors have no values
        yield Guess(negated(wrong.right))
        for path, node in summands(wrong.right):
            if path:
                yield Guess(wrong.right.replace_at(path, negated(node)))
    for path, node in _buried(wrong):
        if node.kind == "add":
            for k, arg in enumerate(node.args):
                yield Guess(wrong.right.replace_at((*path, k), negated(arg)), _BELOW)
        elif node.kind == "neg" or _is_argument(wrong.right, path):
            strange = 0.0 if node.kind == "neg" else 1.0  # f(-x) for f(x) explains more than it should
            yield Guess(wrong.right.replace_at(path, negated(node)), _BELOW + strange)


def _own(wrong: Wrong) -> Iterator[Need]:
    """Parts that are no factors: a change in a factor is a change in its product."""
    return (need for need in wrong.needs() if need.inside not in {"mul", "neg", "div"})


def _buried(wrong: Wrong) -> Iterator[tuple[tuple[int, ...], Term]]:
    """Parts within derivatives, functions and sums."""
    count = 0
    for path, node in paths(wrong.right):
        above = [wrong.right.part(path[:depth]).kind for depth in range(len(path))]
        squared = (wrong.right.part(path[:depth]) for depth in range(len(path)))
        if above[-1:] == ["index"]:
            continue
        if any(kind in _OPAQUE for kind in above) or any(_is_even(part) for part in squared):
            count += 1
            yield path, node
        if count > _MOST_BURIED:
            return


def _is_even(term: Term) -> bool:
    """A square, which does not tell the sign of what stands in it."""
    return term.kind == "pow" and (exponent_of(term) or 1) % 2 == 0


def _is_argument(term: Term, path: tuple[int, ...]) -> bool:
    return bool(path) and term.part(path[:-1]).kind == "call"


def exponent(wrong: Wrong) -> Iterator[Guess]:
    """A power that is one too high or too low, or lost."""
    for need in wrong.needs():
        if need.inside == "pow":
            continue
        for other, leap in _powers(need.part):
            values = wrong.values(other)
            if values is not None and close(values, need.wants):
                inside = _BELOW * (need.inside == "call")
                yield Guess(wrong.right.replace_at(need.path, other), inside + leap)
    for path, node in _buried(wrong):
        if path and wrong.right.part(path[:-1]).kind == "pow":
            continue
        for other, leap in _powers(node):
            yield Guess(wrong.right.replace_at(path, other), _BELOW + leap)


def _powers(term: Term) -> Iterator[tuple[Term, float]]:
    """Other powers, and how far a person leaps who writes them: by one is the usual slip."""
    if term.kind == "pow":
        n = exponent_of(term)
        if n is not None:
            for other in dict.fromkeys((n - 1, n + 1, 2 * n, -n, n - 2, n + 2)):
                yield _raised(term.args[0], other), 0.0 if abs(other - n) == 1 else _BELOW
        else:
            yield power(term.args[0], add(term.args[1], negated(ONE))), 0.0
            yield power(term.args[0], add(term.args[1], ONE)), 0.0
    elif term.kind in {"symbol", "call", "add", "index"}:
        yield power(term, num(2)), 0.0
        yield power(term, num(3)), _BELOW


def _raised(base: Term, n: int) -> Term:
    if n == 1:
        return base
    return ONE if n == 0 else power(base, num(n))


def dropped_inner_derivative(wrong: Wrong) -> Iterator[Guess]:
    """f(u)' is not f'(u): the factor u' is missing."""
    shown = any(
        node.kind == "diff" for node in wrong.right.walk()
    )  # then inner derivatives are still to come
    for guess in _missing_factor(
        wrong, inner_derivatives(wrong), [n for n in _own(wrong) if _is_above(wrong, n)]
    ):
        yield replace(guess, size=guess.size + 1.5 * shown)


def _said_shortly(wrong: Wrong, found: list[Term]) -> list[Term]:
    """Derivatives, each by a shorter formula of the page with the same values where there is one."""
    known = [(factor, values) for factor in factors(wrong) if (values := wrong.values(factor)) is not None]
    said: dict[Term, None] = {}
    for term in found:
        mine = wrong.values(term)
        same = [] if mine is None else [factor for factor, values in known if close(mine, values)]
        said[min([term, *same], key=size)] = None
    return list(said)


def _is_above(wrong: Wrong, need: Need) -> bool:
    """Whether a part is a summand or the numerator of one, not inside of a function or below a line."""
    steps = ((wrong.right.part(need.path[:depth]).kind, k) for depth, k in enumerate(need.path))
    return all(kind in {"add", "neg", "mul"} or (kind, k) == ("div", 0) for kind, k in steps)


def dropped_factor(wrong: Wrong) -> Iterator[Guess]:
    """A factor that is not on the right, over the whole or in one summand."""
    found = factors(wrong)
    yield from _missing_factor(wrong, found, list(_own(wrong)))
    small = [factor for factor in found if size(factor) < 4][:8]
    for path, node in _buried(wrong):
        if path and wrong.right.part(path[:-1]).kind in {"mul", "index"}:
            continue
        for factor in small:
            yield Guess(wrong.right.replace_at(path, times(factor, node)), _BELOW + _EACH * size(factor))


def _missing_factor(wrong: Wrong, found: list[Term], parts: list[Need]) -> Iterator[Guess]:
    known = [(factor, values) for factor in found if (values := wrong.values(factor)) is not None]
    for need in parts:
        ratio = need.ratio()
        if ratio is None or 0.0 in ratio:
            continue
        for factor, values in known:
            if close(ratio, values):
                fixed = times(factor, need.part)
            elif close(ratio, _inverse(values)) and factor not in _product(need.part):
                fixed = div(need.part, factor)
            else:
                continue
            yield Guess(wrong.right.replace_at(need.path, fixed), _EACH * size(factor))
    if not wrong.needs():
        for factor in found[:12]:
            yield Guess(times(factor, wrong.right), _EACH * size(factor))


def _product(term: Term) -> tuple[Term, ...]:
    """The factors above the line: one of these that is too many has not been lost."""
    if term.kind in {"neg", "div"}:
        return _product(term.args[0])
    return term.args if term.kind == "mul" else (term,)


def _inverse(values: Values) -> Values:
    return tuple(1 / value if value else 0.0 for value in values)


def wrong_constant_factor(wrong: Wrong) -> Iterator[Guess]:
    """A number that is wrong as a factor, of the whole or of one summand."""
    for need in _own(wrong):
        ratio = need.ratio()
        factor = None if ratio is None else simple(ratio)
        if factor is not None and abs(factor) != 1 and factor and not _is_summand_number(need):
            yield Guess(
                wrong.right.replace_at(need.path, scaled(factor, need.part)),
                0.01 * len(need.path)
                + (factor < 0) / 2
                + (max(abs(factor.numerator), factor.denominator) > 8),
            )
    if not wrong.needs():
        for whole in (Fraction(1, 2), Fraction(2)):
            yield Guess(scaled(whole, wrong.right))
    for path, node in _buried(wrong):
        if node.kind in {"symbol", "mul"} and wrong.right.part(path[:-1]).kind not in {"mul", "index", "pow"}:
            for other in (2, Fraction(1, 2), 3, Fraction(1, 3)):
                yield Guess(wrong.right.replace_at(path, scaled(Fraction(other), node)), _BELOW)


def _is_summand_number(need: Need) -> bool:
    return need.inside == "add" and need.part.kind == "number"


def simple(values: Values) -> Fraction | None:
    """The fraction with small parts that all values are, or None."""
    found = Fraction(values[0]).limit_denominator(24) if abs(values[0]) < 1e4 else None
    if found is None or not close(values, tuple(float(found) for _ in values)):
        return None
    return found


def scaled(factor: Fraction, term: Term) -> Term:
    """Factor * term, with a number in front of the term taken into the factor."""
    if term.kind == "neg":
        return negated(scaled(factor, term.args[0]))
    if term.kind == "div":
        lower = term.args[1]
        if lower.kind == "number" and factor.denominator == 1 and lower.value() == factor.numerator:
            return term.args[0]
        return term.with_args(scaled(factor, term.args[0]), lower)
    if term.kind == "mul" and term.args[0].kind == "number":
        factor *= term.args[0].value()
        term = term.args[1] if len(term.args) == 2 else mul(*term.args[1:])
    if term.kind == "number":
        return num(factor * term.value())
    if factor == 1:
        return term
    if factor == -1:
        return negated(term)
    if factor < 0:
        return negated(scaled(-factor, term))
    if factor.numerator == 1:
        return div(term, num(factor.denominator))
    return mul(num(factor), *(term.args if term.kind == "mul" else (term,)))


def dropped_term(wrong: Wrong) -> Iterator[Guess]:
    """A summand that is not on the right: of a sum, or of the product rule."""
    found = terms(wrong)
    copied = {arg for node in wrong.left.walk() if node.kind == "add" for arg in node.args}
    known = [(term, values) for term in found if (values := wrong.values(term)) is not None]
    for need in wrong.needs():
        if need.inside in {"add", "neg"} or (need.part.kind == "number" and need.part != ONE):
            continue
        gap = need.gap()
        for term, values in known:
            if term.kind == need.part.kind == "number":
                continue
            length = 1 if term in copied or negated(term) in copied else size(term)
            length += 5 * (need.inside == "call")
            if close(gap, values):
                yield _with_term(wrong, need.path, need.part, term, length)
            elif close(gap, tuple(-value for value in values)) and term not in need.part.args:
                yield _with_term(wrong, need.path, need.part, negated(term), length)
    small = [term for term in found if size(term) < 5][:8]
    for path, node in _buried(wrong):
        if path and wrong.right.part(path[:-1]).kind in {"mul", "index", "add", "neg"}:
            continue
        for term in small:
            for signed in (term, negated(term)):
                yield _with_term(wrong, path, node, signed, size(term) + 3)


def _with_term(wrong: Wrong, path: tuple[int, ...], node: Term, term: Term, length: int) -> Guess:
    extended = add(*node.args, term) if node.kind == "add" else add(node, term)
    return Guess(wrong.right.replace_at(path, extended), _EACH * length)
