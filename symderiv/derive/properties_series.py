"""`Place` and `Series`: where x goes, and a function's expansion there."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from flint import arb
from sympy import Expr

from symderiv.derive.properties_ground import Coef, Unsettled
from symderiv.derive.properties_scale import Scale


@dataclass(frozen=True, slots=True)
class Place:
    """Where x goes: `at` is oo, -oo or a finite constant, `side` 1 (from above) or -1 (from below)."""

    at: Expr
    side: int = -1

    @property
    def finite(self) -> bool:
        """True for a finite point."""
        return self.at not in (sympy.oo, -sympy.oo)


@dataclass(frozen=True, slots=True)
class Series:
    """Terms (scale, constant) in falling order, and a rest: None, or its scale with a ball (or None)."""

    terms: tuple[tuple[Scale, Coef], ...]
    rest: Scale | None = None
    bound: arb | None = None

    @property
    def lead(self) -> tuple[Scale, Coef]:
        """The leading term. Raises `Unsettled` where everything known cancels."""
        if not self.terms:
            raise Unsettled("no leading term")
        return self.terms[0]

    @property
    def is_zero(self) -> bool:
        """True for the function that is identically zero."""
        return not self.terms and self.rest is None
