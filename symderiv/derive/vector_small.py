"""Explicit sizes: the Jacobian entry by entry for n = 1..6, and two classes as one scalar function."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.derive.algebra import is_number, join_sum, literal, negate, tidy
from symderiv.derive.step import Route, Step
from symderiv.derive.vector_fold import monomial
from symderiv.derive.vector_routes import Problem
from symderiv.notation.term import ONE, ZERO, Term, call, diff, index, neg, num, sym
from symderiv.prove import Verdict


@dataclass(frozen=True, slots=True)
class SizeCheck:
    """One size: how many of the n*n entries of the explicit Jacobian agree, and the worst verdict."""

    size: int
    entries: int
    agree: int
    verdict: Verdict


def explicit(term: Term, values: dict[str, int], vector: str) -> Term:
    """The formula for integers in place of sizes and indices: Σ written out, δ as 0 or 1, z[2] as z_2."""
    if term.kind == "symbol" and term.name in values:
        return num(values[term.name])
    if term.kind == "sum":
        return _written_out(term, values, vector)
    if not term.args:
        return term
    args = tuple(explicit(arg, values, vector) for arg in term.args)
    if term.kind == "index" and args[0] == sym(vector):
        return sym(f"{vector}_{args[1].name}")
    if term.kind == "call" and term.name == "delta":
        return ONE if args[0] == args[1] else ZERO
    return tidy(term.with_args(*args))


def _written_out(term: Term, values: dict[str, int], vector: str) -> Term:
    body, bound, low, high = term.args
    first, last = (literal(explicit(end, values, vector)) for end in (low, high))
    if first is None or last is None:
        return term.with_args(explicit(body, values, vector), bound, low, high)
    steps = range(int(first), int(last) + 1)
    return join_sum(*(explicit(body, {**values, bound.name: step}, vector) for step in steps))


def crosscheck(problem: Problem, closed: Term, largest: int = 6) -> tuple[SizeCheck, ...]:
    """∂f_i/∂z_j as a scalar derivative against the closed form: every entry, every size up to `largest`."""
    return tuple(_checked(problem, closed, size) for size in range(1, largest + 1))


def _checked(problem: Problem, closed: Term, size: int) -> SizeCheck:
    record = problem.record
    plain = problem.catalog.unfold(closed)
    worst: Verdict | None = None
    agree = 0
    for row in range(1, size + 1):
        for column in range(1, size + 1):
            values = {record.size: size, record.index: row, problem.other: column}
            left = explicit(problem.definition(problem.row), values, record.variable)
            variable = sym(f"{record.variable}_{column}")
            right = explicit(plain, values, record.variable)
            verdict = problem.prover.prove(diff(left, variable), right)
            agree += verdict.status == "proved"
            if worst is None or (worst.status == "proved" and verdict.status != "proved"):
                worst = verdict
    assert worst is not None
    return SizeCheck(size, size * size, agree, worst)


# -- two classes -----------------------------------------------------------------------------------


def two_classes(problem: Problem) -> Route | None:
    """f(z)[2] for n = 2 and z[1] = 0 as a scalar catalogue function of z[2]; None if there is none.

    Only for functions that do not change when the same number is added to every z[k]: for these the
    choice z[1] = 0 is no loss.
    """
    record, last = problem.record, index(problem.vector, num(2))
    compact = record.applied(problem.vector, num(2)).substitute({record.size: num(2)})
    written = _sums_written(compact)
    if compact == written:
        return None
    first = index(problem.vector, ONE)
    put_in = written.rebuild(lambda node: ZERO if node == first else None)
    state = simplified(put_in)
    found = next(_matches(problem, state, last), None)
    if found is None:
        return None
    scalar, value = found
    steps = [_step(problem, "write-out", compact, written)]
    steps.append(_put_in(problem, written, put_in, first))
    if state != put_in:
        steps.append(_step(problem, "exponential-of-zero", put_in, state))
    if state != value:
        steps.append(_step(problem, _bridge(state, value), state, value))
    steps.append(_step(problem, "recognise", value, scalar))
    return Route("two-class", compact, tuple(steps), "n = 2, z[1] = 0")


def _step(problem: Problem, rule: str, before: Term, after: Term) -> Step:
    return Step(rule, before, after, (), (), (), problem.prover.prove(before, after))


def _put_in(problem: Problem, before: Term, after: Term, first: Term) -> Step:
    """Equal where z[1] = 0: proved with the value in place, the condition stated."""
    here = before.rebuild(lambda node: ZERO if node == first else None)
    verdict = problem.prover.prove(here, after)
    verdict = replace(verdict, conditions=(*verdict.conditions, f"{first} = 0"))
    return Step("put-in", before, after, (), (("u", first), ("v", ZERO)), (), verdict)


def _sums_written(term: Term) -> Term:
    """Every sum between numbers written out."""
    if term.kind == "sum":
        body, bound, low, high = term.args
        first, last = literal(low), literal(high)
        if first is not None and last is not None:
            steps = range(int(first), int(last) + 1)
            return join_sum(*(body.substitute({bound.name: num(step)}) for step in steps))
    if not term.args:
        return term
    return term.with_args(*map(_sums_written, term.args))


def simplified(term: Term) -> Term:
    """e^0 is 1, 0 is left out, -0 and 0*c are 0."""
    if not term.args:
        return term
    args = tuple(simplified(arg) for arg in term.args)
    whole = tidy(term.with_args(*args))
    if whole.kind == "call" and whole.name == "exp" and is_number(whole.args[0], 0):
        return ONE
    if whole.kind == "neg" and is_number(whole.args[0], 0):
        return ZERO
    return whole


def _matches(problem: Problem, state: Term, variable: Term) -> Iterator[tuple[Term, Term]]:
    """A scalar function of the catalogue, at z[2] or -z[2], that equals the formula; with its definition."""
    for record in problem.catalog.records():
        if record.is_vector or record.parameters or record.constants:
            continue
        for argument in (variable, neg(variable)):
            scalar = call(record.name, argument)
            if problem.prover.prove(state, scalar).status == "proved":
                yield scalar, _no_double_minus(record.applied(argument))
                return


def _no_double_minus(term: Term) -> Term:
    if not term.args:
        return term
    args = tuple(map(_no_double_minus, term.args))
    if term.kind == "neg":
        return negate(args[0])
    return term.with_args(*args)


def _bridge(state: Term, value: Term) -> str:
    """`divide-through` where both parts of the fraction were divided by one exponential."""
    if state.kind == value.kind == "div":
        above = monomial(state.args[0]).times(monomial(value.args[0]).raised(Fraction(-1)))
        if above.powers and all(base.kind == "call" and base.name == "exp" for base in above.powers):
            return "divide-through"
    return "rewrite"
