"""y' from an equation in x and y: both sides are differentiated with y = y(x), then solved for y'.

x² + y² = 1 gives 2x + 2y y' = 0 and y' = -x/y. Each line is proved with x, y and y' as symbols: the total
derivative of a side is its derivative by x, plus its derivative by y times y'.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.catalog import Catalog
from symderiv.derive.algebra import join_difference, join_quotient, negate
from symderiv.derive.collect import collect
from symderiv.derive.engine import expand
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.present import present
from symderiv.derive.step import Step
from symderiv.derive.vector_moves import with_value
from symderiv.errors import InputError, UnsupportedError
from symderiv.meaning import read_assumptions
from symderiv.notation.term import ONE, ZERO, Term, add, call, diff, equation, mul, neg, sym
from symderiv.prove import Prover, Verdict


@dataclass(frozen=True, slots=True)
class Implicit:
    """The equation, its variable and the letter that depends on it, and the lines down to y'."""

    equation: Term
    variable: str
    dependent: str
    steps: tuple[Step, ...]

    @property
    def result(self) -> Term:
        """y'."""
        return self.steps[-1].after.args[1]


def implicit(
    claim: Term, wrt: str | None, of: str | None, params: dict[str, str], catalog: Catalog
) -> Implicit:
    """The derivation of y' from an equation. Raises `InputError` and `UnsupportedError`."""
    variable, dependent = _letters(claim, wrt, of, params)
    prover = Prover(catalog, read_assumptions(params))
    x, y, slope = sym(variable), sym(dependent), sym(f"d{dependent}")
    hidden = {dependent: call(dependent, x)}
    prime = call(dependent, x, order=1)
    sides = [side.substitute(hidden) for side in claim.args]
    opened = equation(*(diff(side, x) for side in sides))
    lemmas = Lemmas(catalog)
    moved = [_carried_out(side, x, lemmas) for side in sides]
    certain = Verdict("proved", "structural")
    steps = [Step("differentiate-both-sides", equation(*sides), opened, (), (), (), certain)]
    back = {call(dependent, x): y, prime: slope}

    def plain(term: Term) -> Term:
        return term.rebuild(back.get)

    verdict = _worst(
        [
            prover.prove(add(diff(side, x), mul(diff(side, y), slope)), plain(after))
            for side, after in zip(claim.args, moved, strict=True)
        ]
    )
    worked = equation(*moved)
    steps.append(Step("chain-rule", opened, worked, (), (), (), verdict))
    gap = join_difference(*map(plain, moved))
    rate = _answer(gap, slope)
    solved = equation(prime, rate.rebuild({y: call(dependent, x)}.get))
    rest = gap.substitute({slope.name: rate})
    if solved == worked:
        return Implicit(claim, variable, dependent, tuple(steps))
    steps.append(Step("solve-for-derivative", worked, solved, (), (), (), prover.prove(rest, ZERO)))
    return Implicit(claim, variable, dependent, tuple(steps))


def _answer(gap: Term, slope: Term) -> Term:
    """-B/A for a gap A y' + B. Raises `UnsupportedError` where y' does not occur."""
    constant = with_value(gap, slope, ZERO)
    factor = collect(add(with_value(gap, slope, ONE), neg(constant)))
    factor = present(factor)
    if factor == ZERO:
        raise UnsupportedError("the equation does not tie the two letters together")
    return present(collect(negate(join_quotient(present(constant), factor))))


def _carried_out(side: Term, x: Term, lemmas: Lemmas) -> Term:
    moves = expand(diff(side, x), lemmas)
    return collect(moves[-1].after) if moves else diff(side, x)


def _worst(verdicts: list[Verdict]) -> Verdict:
    return next((one for one in verdicts if not one.is_proved), verdicts[0])


def _letters(claim: Term, wrt: str | None, of: str | None, params: dict[str, str]) -> tuple[str, str]:
    """The variable, and what depends on it."""
    free = sorted(claim.free_symbols() - set(params))
    variable = wrt or ("x" if "x" in free else free[0] if free else "")
    if variable not in free:
        raise InputError(f"the variable {variable!r} does not occur", hint=f"symbols: {', '.join(free)}")
    others = [name for name in free if name != variable]
    dependent = of or ("y" if "y" in others else others[0] if len(others) == 1 else "")
    if dependent not in others:
        found = ", ".join(others) or "none"
        raise InputError("which letter depends on the variable?", hint=f"--param for constants; {found}")
    return variable, dependent
