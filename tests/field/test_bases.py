"""Only Euler's number is the base whose power is its own derivative."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.notation.term import const, diff, power, sym
from symderiv.prove import Prover


@pytest.mark.parametrize("name", ["b", "e", "pi"])
def test_a_letter_is_no_constant_by_its_name(name: str) -> None:
    x, base = sym("x"), sym(name)
    assert Prover(load(), {}).prove(diff(power(base, x), x), power(base, x)).status == "refuted"


def test_eulers_number() -> None:
    x, base = sym("x"), const("e")
    assert Prover(load(), {}).prove(diff(power(base, x), x), power(base, x)).status == "proved"
