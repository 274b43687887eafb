"""`higher`: the derivatives of f up to an order, each from the one before, every step proved.

Where f' is a polynomial in letters that are closed under differentiation (y alone for σ and tanh), each order
is a polynomial P_n in them, P_(n+1) = Σ ∂P_n/∂v v'; its coefficients are compared with known triangles. Any
other function is differentiated again and again by the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isqrt

from symderiv.catalog import Catalog
from symderiv.derive.algebra import join_product
from symderiv.derive.collect import collect
from symderiv.derive.engine import Lemma, expand
from symderiv.derive.higher_letters import Letters, as_symbols, in_symbols, letters_of
from symderiv.derive.higher_triangles import Match, Operator, matches
from symderiv.derive.lemmas import letter_of
from symderiv.derive.polynomial import Polynomial, size
from symderiv.derive.step import Derivation, Route, Step
from symderiv.errors import InputError, LimitError, SymderivError, UnsupportedError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import Term, add, call, diff, div, mul, neg, num, power, sym
from symderiv.prove import Prover, Verdict

MOST = 40
"""The highest order that a page can show."""
_MOST_NODES = 1500
_MANY = 8
"""Rows from which a triangle is recognised."""


@dataclass(frozen=True, slots=True)
class Order:
    """The n-th derivative: `term` over y, x and heads, `applied` over f(x), the step from the one before."""

    n: int
    term: Term
    applied: Term
    step: Step


@dataclass(frozen=True, slots=True)
class Pattern:
    """The derivatives as polynomials in one `letter`: y^(n) = factor * Σ_k c(n - start, k) letter**k.

    `slope` is letter', and `rate` is y' where y is the factor, None where there is none; `rule` is the rule
    of the coefficients; `matches` are triangles that give them.
    """

    letter: Term
    slope: Term
    rate: Term | None
    start: int
    rule: Term
    matches: tuple[Match, ...]
    logistic: Logistic | None = None


@dataclass(frozen=True, slots=True)
class Logistic:
    """v = (y - low)/(high - low) has v' = speed v (1 - v), where y' has the roots low and high.

    So y^(n) = (high - low) Σ_k c(n, k) v**k for n from 1 on, with the triangle of `match`.
    """

    low: Fraction
    high: Fraction
    speed: Fraction
    match: Match
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Higher:
    """Every order from 1 on, and the pattern that they follow, if there is one."""

    derivation: Derivation
    orders: tuple[Order, ...]
    pattern: Pattern | None
    letters: tuple[tuple[Term, Term], ...]

    @property
    def route(self) -> Route:
        """The orders from the second on as one way; what each says stands alone."""
        return Route("higher", self.orders[0].step.before, self.steps[1:])

    @property
    def steps(self) -> tuple[Step, ...]:
        """The step of each order."""
        return tuple(order.step for order in self.orders)


def higher(derivation: Derivation, order: int, catalog: Catalog, lemma: Lemma) -> Higher:
    """The derivatives 1 to `order`. Raises `InputError`, `LimitError` and `UnsupportedError`."""
    if derivation.record.takes_vector:
        raise UnsupportedError("--order is for functions of one variable")
    if not 1 <= order <= MOST:
        raise InputError(f"the order {order} is out of range", hint=f"1 to {MOST}")
    known = catalog.with_record(derivation.record)
    prover = Prover(known, read_assumptions(dict(derivation.parameters)))
    variable = sym(derivation.variable)
    whole = call(derivation.name, sym(derivation.record.variable))
    output = letter_of(derivation.definition, variable.name, known)
    for form in derivation.forms:
        if form.kind not in ("display", "output") or not form.verdict.is_proved or form.named:
            continue
        try:
            letters, first = letters_of(form.term, whole, variable, output, lemma)
            return _by_letters(derivation, letters, first, order, prover)
        except (UnsupportedError, LimitError):
            continue
    return Higher(derivation, tuple(_by_rules(derivation, order, lemma, prover)), None, ())


# -- polynomials in letters --------------------------------------------------------------------------


def _by_letters(
    derivation: Derivation, letters: Letters, first: Polynomial, order: int, prover: Prover
) -> Higher:
    found = [first]
    while len(found) < max(order, _MANY):
        found.append(letters.next(found[-1]))
    closed = {letter: letters.term(slope) for letter, slope in letters.slopes.items()}
    facts = _letter_verdicts(letters, closed, prover)
    orders = [_first_order(derivation, letters.term(first), letters)]
    for n, (before, after) in enumerate(pairwise(found[:order]), start=2):
        orders.append(_next_order(n, derivation, letters, (before, after), facts))
    pattern = _pattern(found, letters, closed)
    shown = tuple((letter, slope) for letter, slope in closed.items() if letter.kind != "symbol")
    return Higher(derivation, tuple(orders), pattern, shown)


def _letter_verdicts(letters: Letters, closed: dict[Term, Term], prover: Prover) -> Verdict:
    """v' for each letter v, proved of the functions themselves; the worst verdict."""
    worst = Verdict("proved", "structural")
    for letter, slope in closed.items():
        if not letters.applied(letter).free_symbols() & {letters.variable.name}:
            continue
        claim = diff(letters.applied(letter), letters.variable), letters.applied(slope)
        verdict = prover.prove(*claim)
        if not verdict.is_proved:
            return verdict
        if worst.how == "structural":
            worst = verdict
    return worst


def _first_order(derivation: Derivation, term: Term, letters: Letters) -> Order:
    before = diff(letters.whole, letters.variable)
    step = Step(
        "definition", before, letters.applied(term), (), (), derivation.steps, _worst(derivation.steps)
    )
    return Order(1, term, letters.applied(term), step)


def _worst(steps: tuple[Step, ...]) -> Verdict:
    verdicts = [step.verdict for step in steps]
    return next(
        (v for v in verdicts if not v.is_proved),
        verdicts[-1] if verdicts else Verdict("proved", "structural"),
    )


def _next_order(
    n: int,
    derivation: Derivation,
    letters: Letters,
    pair: tuple[Polynomial, Polynomial],
    facts: Verdict,
) -> Order:
    """D(P_n) = Σ ∂P_n/∂v v' = P_(n+1): the letters as symbols, their derivatives proved beforehand."""
    before, after = (letters.term(one) for one in pair)
    names = as_symbols(letters)
    used = sorted({letter for one in pair[0] for letter, _ in one}, key=str)
    polynomial = in_symbols(pair[0], names)
    parts = [mul(diff(polynomial, names[v]), in_symbols(letters.slopes[v], names)) for v in used]
    chained = parts[0] if len(parts) == 1 else add(*parts) if parts else num(0)
    verdict = Prover().prove(chained, in_symbols(pair[1], names))
    if verdict.is_proved and not facts.is_proved:
        verdict = facts
    start = diff(letters.applied(before), letters.variable)
    step = Step("chain-rule", start, letters.applied(after), (), (), (), verdict)
    return Order(n, after, letters.applied(after), step)


def _pattern(found: list[Polynomial], letters: Letters, closed: dict[Term, Term]) -> Pattern | None:
    """One letter, or y times a polynomial in one letter."""
    everything = [letters.output] if letters.output in letters.slopes else []
    for start in (0, 1):
        rows: list[Polynomial] = [{((letters.output, 1),): Fraction(1)}, *found] if start == 0 else found
        used = sorted({letter for row in rows for one in row for letter, _ in one}, key=str)
        for letter in [*everything, *used]:
            for factor in (None, letters.output):
                pattern = _family(rows, letter, factor, start, letters, closed)
                if pattern is not None:
                    return pattern
    return None


def _family(
    rows: list[Polynomial],
    letter: Term,
    factor: Term | None,
    start: int,
    letters: Letters,
    closed: dict[Term, Term],
) -> Pattern | None:
    if letter == factor or letter not in letters.slopes or (factor and factor not in letters.slopes):
        return None
    slope = _univariate(letters.slopes[letter], letter, None)
    rate = _univariate(letters.slopes[letters.output], letter, letters.output) if factor is not None else {}
    plain = [_univariate(row, letter, factor) for row in rows]
    if slope is None or rate is None or any(row is None for row in plain):
        return None
    operator: dict[int, dict[int, Fraction]] = {}
    for power_, value in slope.items():
        operator.setdefault(power_ - 1, {})[1] = value
    for power_, value in (rate or {}).items():
        operator.setdefault(power_, {})[0] = value
    coefficients = [row for row in plain if row is not None]
    if not any(len(row) > 1 for row in coefficients) and len(operator) > 1:
        return None
    met = tuple(matches(coefficients, operator, Prover()))
    shown = closed[letters.output] if factor is not None else None
    own = letter == letters.output and factor is None
    found = logistic(slope, letter) if own else None
    return Pattern(letter, closed[letter], shown, start, _rule(operator), met, found)


def logistic(slope: dict[int, Fraction], letter: Term) -> Logistic | None:
    """The logistic form of y' = a y**2 + b y + c with two rational roots; None where y has it already."""
    if max(slope, default=0) != 2:
        return None
    a, b, c = (slope.get(power_, Fraction(0)) for power_ in (2, 1, 0))
    root = _root(b * b - 4 * a * c)
    if not root:
        return None
    low, high = sorted(((-b - root) / (2 * a), (-b + root) / (2 * a)))
    speed = -a * (high - low)
    operator = {0: {1: speed}, 1: {1: -speed}}
    rows = [{1: Fraction(1)}]
    while len(rows) < _MANY:
        row: dict[int, Fraction] = {}
        for k, value in rows[-1].items():
            row[k] = row.get(k, Fraction(0)) + speed * k * value
            row[k + 1] = row.get(k + 1, Fraction(0)) - speed * k * value
        rows.append(row)
    match = next(iter(matches(rows, operator, Prover())), None)
    if match is None or (low == 0 and high == 1):
        return None
    v = div(add(letter, num(-low)), num(high - low))
    there = mul(num(high - low), num(speed), v, add(num(1), neg(v)))
    given = add(mul(num(a), power(letter, num(2))), mul(num(b), letter), num(c))
    verdict = Prover().prove(given, there)
    return Logistic(low, high, speed, match, verdict) if verdict.is_proved else None


def _root(value: Fraction) -> Fraction | None:
    """The square root, where it is rational."""
    if value < 0:
        return None
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    found = Fraction(above, below)
    return found if found * found == value else None


def _univariate(one: Polynomial, letter: Term, factor: Term | None) -> dict[int, Fraction] | None:
    """power of the letter -> coefficient, once the factor is taken out; None if anything else occurs."""
    found: dict[int, Fraction] = {}
    for monomial, coefficient in one.items():
        powers = dict(monomial)
        if factor is not None and powers.pop(factor, 0) != 1:
            return None
        exponent = powers.pop(letter, 0)
        if powers:
            return None
        found[exponent] = coefficient
    return found


def _rule(operator: Operator) -> Term:
    """c(n, k) = Σ_j l_j(k - j) c(n - 1, k - j)."""
    n, k = sym("n"), sym("k")
    parts = []
    for shift in sorted(operator):
        at = k if shift == 0 else add(k, num(-shift))
        before = call("c", add(n, num(-1)), at)
        for degree, value in sorted(operator[shift].items()):
            part = join_product(num(abs(value)), *([at] if degree else []), before)
            parts.append(neg(part) if value < 0 else part)
    parts.sort(key=lambda part: part.kind == "neg")
    return parts[0] if len(parts) == 1 else add(*parts)


# -- by the rules ------------------------------------------------------------------------------------


def _by_rules(derivation: Derivation, order: int, lemma: Lemma, prover: Prover) -> Iterator[Order]:
    """Every order by the rules of differentiation from the one before. Raises `LimitError`."""
    variable = sym(derivation.variable)
    state = derivation.result
    start = diff(call(derivation.name, sym(derivation.record.variable)), variable)
    yield Order(
        1, state, state, Step("definition", start, state, (), (), derivation.steps, _worst(derivation.steps))
    )
    for n in range(2, order + 1):
        before = diff(state, variable)
        try:
            moves = expand(before, lemma)
        except SymderivError as error:
            raise UnsupportedError(f"no derivative of order {n}: {error.message}", hint=error.hint) from error
        state = collect(moves[-1].after) if moves else before
        if size(state) > _MOST_NODES:
            raise LimitError(f"the derivative of order {n} is too large to be shown", hint=f"--order {n - 1}")
        yield Order(
            n, state, state, Step("chain-rule", before, state, (), (), (), prover.prove(before, state))
        )
