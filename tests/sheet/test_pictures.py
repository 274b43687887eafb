"""What pictures show is true: curves pass through the function's values, losses start where y rounds to 1."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import pairwise

import pytest

from symderiv import api
from symderiv.errors import MissingExtraError
from symderiv.prove import balls
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Figure
from symderiv.sheet.formats import Options
from symderiv.sheet.pictures import drawing
from symderiv.sheet.pictures.curves import curves
from symderiv.sheet.pictures.losses import losses
from symderiv.sheet.pictures.window import upright

FUNCTIONS = ("swish", "elu", "x*log(x)", "tan(x)", "exp(x)/(1+x**2)", "Abs(x - 3)")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_curves_pass_through_the_values(name: str) -> None:
    subject = api.subject(name)
    found = curves(subject)
    assert found is not None
    given = dict(found.given)
    definition = subject.catalog.unfold(subject.derivation.definition)
    value, first, *_ = found.curves
    for x, y in value.segments[0][::40]:
        exact = balls.value(definition, {"x": Fraction(x), **given})
        assert exact is not None
        assert math.isclose(y, float(exact.mid()), rel_tol=1e-7, abs_tol=1e-12)
    slope = next(s for s in first.segments if len(s) > 10)[5:8]
    (a, _), (b, middle), (c, _) = slope
    ends = [balls.value(definition, {"x": Fraction(x), **given}) for x in (a, c)]
    assert ends[0] is not None
    assert ends[1] is not None
    assert math.isclose(float((ends[1] - ends[0]).mid()) / (c - a), middle, rel_tol=0.05, abs_tol=0.02)
    assert a < b < c


def test_a_curve_is_broken_at_poles_and_jumps() -> None:
    tangent, corner = curves(api.subject("tan(x)")), curves(api.subject("Abs(x - 3)"))
    assert tangent is not None
    assert corner is not None
    for segment in tangent.curves[0].segments:
        assert all(y < z for (_, y), (_, z) in pairwise(segment))
    left, right = corner.curves[1].segments
    assert {y for _, y in left} == {-1.0}
    assert {y for _, y in right} == {1.0}
    assert len(corner.curves[0].segments) == 1


def test_asymptotes_and_extrema() -> None:
    found = curves(api.subject("swish"))
    assert found is not None
    assert {(slope, start) for slope, start, *_ in found.asymptotes} == {(0.0, 0.0), (1.0, 0.0)}
    low = next(mark for mark in found.marks if mark.kind == "local-minimum")
    assert math.isclose(low.x, -1.27846454276, abs_tol=1e-9)
    assert math.isclose(low.y, low.x / (1 + math.exp(-low.x)), abs_tol=1e-9)


def test_a_curve_that_runs_away_leaves_the_others_visible() -> None:
    low, high = upright([0.1 * k for k in range(-50, 51)], [[1e9, 0.0]])
    assert -10 < low < -4
    assert 4 < high < 10


def test_the_output_form_of_sigmoid_ends_where_y_rounds_to_one() -> None:
    found = {(loss.precision, loss.form): loss.points for loss in losses(api.subject("sigmoid"))}
    ends = {"float32": math.log(2) * 25, "float64": math.log(2) * 54}
    for precision, end in ends.items():
        output = found[precision, "output"]
        assert all(error == 1 for x, error in output if x > end)
        assert all(error < 1 for x, error in output if x < end - 1)
        unit = 2.0**-24 if precision == "float32" else 2.0**-53
        assert max(error for _, error in found[precision, "input"]) < 8 * unit


def test_pictures_are_the_same_bytes() -> None:
    pytest.importorskip("matplotlib")
    subject = api.subject("tanh")
    first, second = (
        [block for block in compose(one, Options()).blocks() if isinstance(block, Figure)]
        for one in (subject, api.subject("tanh"))
    )
    assert [figure.name for figure in first] == ["curves", "losses"]
    assert [(f.svg, f.pdf) for f in first] == [(f.svg, f.pdf) for f in second]
    assert all(figure.alt and "http" not in figure.alt for figure in first)
    for figure in first:
        assert figure.svg.startswith("<svg")
        assert "<script" not in figure.svg
        assert figure.pdf.startswith(b"%PDF")
        assert b"CreationDate" not in figure.pdf


def test_without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "find_spec", lambda name: None)
    page = compose(api.subject("tanh"), Options())
    assert not any(isinstance(block, Figure) for block in page.blocks())
    with pytest.raises(MissingExtraError, match="matplotlib") as error:
        drawing.require()
    assert error.value.hint == "pip install 'symderiv[plot]'"


def test_a_vector_has_a_picture_of_its_first_component() -> None:
    found = curves(api.subject("softmax"))
    assert found is not None
    component, own, other = found.curves
    (points,) = component.segments
    for x, y in points[::30]:
        assert math.isclose(y, math.exp(x) / (math.exp(x) + 2), rel_tol=1e-7)
    for (_, s), (_, d), (_, e) in zip(points, own.segments[0], other.segments[0], strict=True):
        assert math.isclose(d, s * (1 - s), rel_tol=1e-6)
        assert math.isclose(e, -s * (1 - s) / 2, rel_tol=1e-6)
