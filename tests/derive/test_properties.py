"""Properties: true by an oracle of their own, exact where they say so, silent where nothing is settled."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from symderiv.catalog import load
from symderiv.derive.kinks import kinks
from symderiv.derive.properties import ORDER, Point, Property, properties
from symderiv.meaning import to_sympy
from symderiv.notation.term import num
from symderiv.prove import Prover

CATALOG = load()


def beside(name: str) -> ModuleType:
    """A module of this folder."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


oracles = beside("oracle_properties")
ORACLES = (
    *("sigmoid", "tanh", "swish", "softplus", "softsign", "gaussian", "mish", "gelu", "selu", "relu", "sech"),
    *("log(2 + sin(x))", "exp(x)/(1 + x**2)", "x/(1 + log(1 + exp(x)))", "exp(-1/x**2)", "x*exp(-x)"),
    *("1/x", "sqrt(1 - x**2)", "x**3 - x", "Abs(x)*exp(-x)", "log(x)"),
)


def found(text: str, **parameters: str) -> tuple[Property, ...]:
    record = CATALOG.find(text)
    definition = CATALOG.read(text) if record is None else record.concrete
    prover = Prover(CATALOG, parameters or ({} if record is None else dict(record.parameters)))
    bent = kinks(definition, "x", prover=prover, catalog=CATALOG)
    return properties(definition, "x", prover=prover, catalog=CATALOG, kinks=bent)


def one(text: str, name: str, **parameters: str) -> Property:
    (only,) = [p for p in found(text, **parameters) if p.id == name]
    return only


def ids(text: str, **parameters: str) -> set[str]:
    return {p.id for p in found(text, **parameters)}


def ends(item: Property) -> list[tuple[str, str, bool, bool]]:
    def text(point: Point) -> str:
        return str(point.exact) if point.exact is not None else point.digits

    return [(text(i.low), text(i.high), i.low_closed, i.high_closed) for i in item.part("intervals")]


@pytest.mark.parametrize("text", ORACLES)
def test_an_oracle_agrees_and_refuses_every_mutant(text: str) -> None:
    record = CATALOG.find(text)
    definition = CATALOG.read(text) if record is None else record.concrete
    oracle = oracles.Oracle(to_sympy(CATALOG.unfold(definition)))
    statements = found(text)
    assert statements
    for statement in statements:
        assert not oracles.objections(statement, oracle)
        assert not oracles.identity_objections(statement, CATALOG.unfold)
        for mutant in oracles.mutants(statement):
            against = oracles.objections(mutant, oracle) or oracles.identity_objections(
                mutant, CATALOG.unfold
            )
            assert against, mutant


@pytest.mark.parametrize("text", ORACLES[::3])
def test_every_property_is_known_and_proved(text: str) -> None:
    statements = found(text)
    assert all(p.verdict.status == "proved" for p in statements)
    order = [ORDER.index(p.id) for p in statements]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("text", "constant", "note"),
    [
        ("sigmoid", "1/4", "attained"),
        ("tanh", "1", "attained"),
        ("relu", "1", "attained"),
        ("softplus", "1", "not-attained"),
        ("sech", "1/2", "attained"),
        ("log(2 + sin(x))", "sqrt(3)/3", "attained"),
        ("exp(-exp(-x))", "exp(-1)", "attained"),
    ],
)
def test_exact_lipschitz_bounds(text: str, constant: str, note: str) -> None:
    bound = one(text, "lipschitz")
    assert str(bound.part("constant").exact) == constant
    assert bound.note == note


def test_lipschitz_bounds_known_by_their_digits() -> None:
    bound = one("swish", "lipschitz").part("constant")
    assert bound.exact is None
    assert bound.digits == "1.09983932013"
    assert one("swish", "derivative-maximum").part("at")[0].digits == "2.39935728052"
    assert one("selu", "lipschitz").part("constant").digits == "1.75809934085"


def test_bounds_that_depend_on_a_parameter() -> None:
    assert str(one("elu", "lipschitz").part("constant").exact) == "Max(1, alpha)"
    assert str(one("leaky_relu", "lipschitz").part("constant").exact) == "Max(1, alpha)"
    assert "lipschitz" not in ids("x*sigmoid(b*x + c)", b="real", c="real")


def test_reflections() -> None:
    assert one("sigmoid", "point-symmetry").part("shift") == num(1)
    assert str(one("swish", "reflection").part("slope")) == "-1"
    assert str(one("softplus", "reflection").part("slope")) == "-1"
    assert str(one("relu", "reflection").part("slope")) == "-1"
    assert str(one("swish_beta", "reflection").part("slope")) == "-1"
    assert "odd" in ids("tanh")
    assert "even" in ids("gaussian")
    assert not ids("mish") & {"odd", "even", "point-symmetry", "reflection"}
    assert not ids("exp(x)") & {"odd", "even", "point-symmetry", "reflection"}
    assert not ids("log(x)") & {"odd", "even", "point-symmetry", "reflection"}


def test_ranges_and_whether_their_ends_belong() -> None:
    assert ends(one("sigmoid", "range")) == [("0", "1", False, False)]
    assert ends(one("arctan", "range")) == [("-pi/2", "pi/2", False, False)]
    assert ends(one("sech", "range")) == [("0", "1", False, True)]
    assert ends(one("relu", "range")) == [("0", "oo", True, False)]
    assert ends(one("elu", "range")) == [("-alpha", "oo", False, False)]
    assert ends(one("1/(x**2 - 1)", "range")) == [("-oo", "-1", False, True), ("0", "oo", False, False)]
    assert ends(one("gelu", "range")) == [("-0.169971207480", "oo", True, False)]
    assert ends(one("sin(x)", "range")) == [("-1", "1", True, True)]


def test_domains() -> None:
    assert ends(one("log(x)", "domain")) == [("0", "oo", False, False)]
    assert ends(one("sqrt(1 - x**2)", "domain")) == [("-1", "1", True, True)]
    assert ends(one("1/x", "domain")) == [("-oo", "0", False, False), ("0", "oo", False, False)]
    assert ends(one("sqrt(x**2)", "domain")) == [("-oo", "oo", False, False)]
    assert ends(one("exp(log(x))", "domain")) == [("0", "oo", False, False)]


def test_smoothness() -> None:
    classes = {"sigmoid": "oo", "relu": "0", "softsign": "1", "sign(x)": "-1", "Abs(x)**3": "2"}
    assert {text: one(text, "smoothness").part("class") for text in classes} == classes
    assert one("sqrt(x**2)", "smoothness").part("class") == "0"
    assert "smoothness" not in ids("elu")


def test_asymptotes() -> None:
    assert [str(p.part("line")) for p in found("logcosh") if p.id == "oblique-asymptote"] == [
        "-x - log(2)",
        "x - log(2)",
    ]
    assert str(one("elu", "horizontal-asymptote").part("line")) == "-alpha"
    assert "horizontal-asymptote" not in ids("x + sin(x)") | ids("x**2")


def test_a_parameter_that_only_stretches() -> None:
    minimum = one("swish_beta", "local-minimum")
    assert minimum.part("at").digits == "-1.27846454276"
    assert str(minimum.part("at").scale) == "1/beta"
    assert one("swish_beta", "lipschitz").part("constant") == one("swish", "lipschitz").part("constant")
    assert "scaling" not in ids("x*sigmoid(b*x)", b="real")


def test_silence_where_nothing_is_settled() -> None:
    assert not ids("x*sin(x)") & {"range", "increasing", "lipschitz", "zeros", "limit"}
    assert not ids("tan(x)") & {"range", "increasing", "lipschitz"}
    assert "lipschitz" not in ids("1/x")
    assert not ids("Abs(sin(x))") & {"smoothness", "range"}


def test_the_same_bytes_under_any_hash_seed() -> None:
    program = (
        "from symderiv.catalog import load; from symderiv.derive.properties import properties;"
        "from symderiv.prove import Prover; c = load(); p = Prover(c);"
        "f = [c.find(name).concrete for name in ('tanh', 'mish')];"
        "print([properties(one, 'x', prover=p, catalog=c, kinks=()) for one in f])"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(answers) == 1


def test_a_slope_at_a_smooth_breakpoint_counts() -> None:
    """softsign'(0) = 1 is attained, though two cases meet at 0; x|x| has the slope 0 there."""
    assert ends(one("softsign", "derivative-range")) == [("0", "1", False, True)]
    assert str(one("softsign", "derivative-maximum").part("value").exact) == "1"
    assert one("softsign", "lipschitz").note == "attained"
    assert ends(one("x*Abs(x)", "derivative-range"))[0][2]
    assert ends(one("relu", "derivative-range")) == [("0", "0", True, True), ("1", "1", True, True)]
