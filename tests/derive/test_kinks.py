"""Kinks: where they are, what f' does on both sides, and the value that is used there."""

from __future__ import annotations

import pytest

from symderiv.catalog import load
from symderiv.derive.kinks import Kink, kinks
from symderiv.prove import Prover

CATALOG = load()


def of(text: str, **parameters: str) -> tuple[Kink, ...]:
    record = CATALOG.find(text)
    definition = CATALOG.read(text) if record is None else record.concrete
    prover = Prover(CATALOG, parameters or ({} if record is None else dict(record.parameters)))
    return kinks(definition, "x", prover=prover, catalog=CATALOG)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("relu", ["0: 0|1 -> 0"]),
        ("Max(x, 0)", ["0: 0|1 -> 1"]),
        ("Piecewise((x, x >= 0), (0, True))", ["0: 0|1 -> 1"]),
        ("Abs(x)", ["0: -1|1 -> 0"]),
        ("leaky_relu", ["0: alpha|1 -> alpha"]),
        ("elu", ["0: alpha|1 -> alpha"]),
        ("Max(-1, Min(1, x))", ["-1: 0|1 -> 0", "1: 1|0 -> 0"]),
        ("Abs(x**2 - 2)", ["-sqrt(2): -2*sqrt(2)|2*sqrt(2) -> 0", "sqrt(2): -2*sqrt(2)|2*sqrt(2) -> 0"]),
        ("Abs(exp(x) - 2)", ["log(2): -2|2 -> 0"]),
        ("Max(0, log(x))", ["1: 0|1 -> 0"]),
        ("sqrt(x**2)", ["0: -1|1 -> None"]),
        ("sqrt(Abs(x))", ["0: -oo|oo -> 0"]),
    ],
)
def test_one_sided_derivatives_and_the_convention(text: str, shown: list[str]) -> None:
    assert [f"{k.at}: {k.left}|{k.right} -> {k.convention}" for k in of(text)] == shown


def test_a_kink_that_is_none() -> None:
    (kink,) = of("softsign")
    assert kink.differentiable.status == "proved"
    assert (str(kink.convention), kink.smooth, kink.note) == ("1", 1, "smooth")
    (cubed,) = of("Abs(x)**3")
    assert cubed.smooth == 2
    assert not of("Abs(x)**2")
    assert not of("Abs(x - 1)**4")
    assert not of("Abs(1 + x**2)")


def test_verdicts() -> None:
    (relu,) = of("relu")
    assert (relu.continuous.status, relu.differentiable.status, relu.note) == ("proved", "refuted", "corner")
    (sign,) = of("sign(x)")
    assert (sign.continuous.status, sign.smooth, sign.note) == ("refuted", -1, "jump")
    (elu,) = of("elu")
    assert elu.differentiable.status == "undecided"
    assert elu.differentiable.conditions == ("alpha == 1",)
    (fixed,) = of("Piecewise((x, x > 0), (exp(x) - 1, True))")
    assert (fixed.differentiable.status, fixed.smooth) == ("proved", 1)


def test_constants_and_parameters() -> None:
    (selu,) = of("selu")
    assert str(selu.left).startswith("1.75809934084737")
    assert str(selu.right) == "1.0507009873554804934193349852946"
    (moved,) = of("Max(0, x - b)", b="real")
    assert str(moved.at) == "b"
    (scaled,) = of("Abs(k*x + b)", k="positive", b="real")
    assert (str(scaled.at), str(scaled.left), str(scaled.right)) == ("-b/k", "-k", "k")
    assert not of("Abs(k*x + b)", k="real", b="real")


def test_subgradients_in_rising_order() -> None:
    (kink,) = of("exp(-Abs(x))")
    assert [str(end) for end in kink.interval or ()] == ["-1", "1"]


def test_poles_are_not_kinks() -> None:
    assert not of("1/Abs(x)")
    assert not of("log(Abs(x))")
    assert not of("sigmoid")


def test_what_is_not_found_exactly_is_not_told() -> None:
    assert not of("Abs(sin(x))")
    assert not of("Abs(x - cos(x))")
