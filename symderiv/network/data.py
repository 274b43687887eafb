"""The contract of `symderiv backprop --format json`: forward values, gradients by factors, updates."""

from __future__ import annotations

import math
from collections.abc import Mapping

from symderiv.derive.numeric_doubles import nearest
from symderiv.network.backward import Gradient
from symderiv.network.lettering import Lettering
from symderiv.network.model import Place
from symderiv.network.paths import Factor, paths
from symderiv.network.values import Values, ball, fraction
from symderiv.network.worked import Worked
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain
from symderiv.prove.balls import Number

SCHEMA_VERSION = 1
Json = dict[str, object]


def data(worked: Worked) -> Json:
    """Everything as plain data. Numbers are the doubles nearest to the true values; arrays are nested lists.

    `factors` are those of every path from the loss, `path` telling which; the products of the paths add up
    to the value.
    """
    return _Data(worked).all()


class _Data:
    def __init__(self, worked: Worked) -> None:
        self.worked, self.network = worked, worked.network
        self.letters = Lettering(worked)

    def all(self) -> Json:
        numbers, back = self.worked.numbers, self.worked.backward
        found = [verdict.status for verdict in self.worked.lines()]
        counted = {status: found.count(status) for status in ("proved", "undecided", "refuted")}
        return {
            "schema_version": SCHEMA_VERSION,
            "name": self.network.name,
            "forward": {} if numbers is None else self._nested(numbers.forward),
            "deltas": {one.name: self._delta(one.name) for one in back.adjoints},
            "gradients": {one.adjoint.name: self._gradient(one) for one in back.gradients},
            "updates": {} if numbers is None else self._nested(numbers.updates),
            "verdicts": {name: self.worked.verdict(name) for name in self.network.parameters},
            "summary": {"lines": len(found), **counted},
        }

    def _nested(self, tables: Mapping[str, Values]) -> Json:
        return {name: self._value(name, values) for name, values in tables.items()}

    def _value(self, name: str, values: Values) -> object:
        """A number, or nested lists by place."""
        return nested(self.network.shape(name), values)

    def _both(self, term: Term) -> Json:
        return {"plain": write_plain(term), "latex": self.letters.latex(term)}

    def _delta(self, name: str) -> Json:
        adjoint = self.worked.backward.by_name[name]
        numbers = self.worked.numbers
        value = None if numbers is None else self._value(name, numbers.deltas[name])
        return {"symbol": adjoint.symbol, **self._both(adjoint.value), "value": value}

    def _gradient(self, found: Gradient) -> Json:
        name = found.adjoint.name
        numbers = self.worked.numbers
        ways = paths(self.worked, name)
        return {
            **self._both(found.plain),
            "factors": [
                self._factor(factor, number)
                for number, way in enumerate(ways.shown, 1)
                for factor in way.factors
            ],
            "paths": ways.count,
            "delta": self._both(found.adjoint.value),
            "value": None if numbers is None else self._value(name, numbers.gradients[name]),
            "whole": None if found.whole is None else found.whole.status,
        }

    def _factor(self, factor: Factor, path: int) -> Json:
        numbers = self.worked.numbers
        value = None
        if numbers is not None and not factor.letters:
            value = double(numbers.of(self.worked.meaning.unfolded(factor.value)))
        return {
            "derivative": write_plain(factor.start),
            **self._both(factor.value),
            "value": value,
            "path": path,
        }


def double(number: Number) -> float | None:
    """The double nearest to a number; None for one that has no finite one."""
    exact = fraction(number)
    if exact is None:
        found = nearest(ball(number))
        return found if found is not None and math.isfinite(found) else None
    try:
        return exact.numerator / exact.denominator
    except OverflowError:
        return None


def nested(shape: tuple[int, ...], values: Values, at: Place = ()) -> object:
    """Values by place as nested lists of doubles."""
    if len(at) == len(shape):
        return double(values[at])
    return [nested(shape, values, (*at, k)) for k in range(1, shape[len(at)] + 1)]
