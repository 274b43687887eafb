"""Losses as NumPy functions: their shapes, values that must not be lost, gradients."""

from __future__ import annotations

import importlib.util
import sys
import warnings
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.errors import ReadError
from symderiv.kernels.live_losses import LiveLoss
from symderiv.kernels.losses import loss_kernel, recognised
from symderiv.verify.losses import loss_reports

CATALOG = load()
SHAPES = {
    "squared_error": "residual",
    "hinge": "margin",
    "cross_entropy": "weighted",
    "sigmoid_cross_entropy": "mixture",
    "kl_divergence": "ratio",
    "softmax_cross_entropy": "softmax",
}


@pytest.fixture(scope="module")
def live():
    return {name: LiveLoss(loss_kernel(CATALOG.find(name), CATALOG), "exact") for name in SHAPES}


@pytest.mark.parametrize("name", SHAPES)
def test_the_shape_is_proved(name):
    shape, _, verdict = recognised(CATALOG.find(name), CATALOG)
    assert shape == SHAPES[name]
    assert verdict.is_proved


def test_nothing_is_lost_and_nothing_warns(live):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        huge = np.array([1e4, -1e4, 700.0, -700.0])
        assert np.array_equal(live["sigmoid_cross_entropy"](huge, np.array([1, 0, 0, 1])), [0, 0, 700, 700])
        tail = live["sigmoid_cross_entropy"].grad(np.array([40.0]), np.array([1.0]))
        assert np.allclose(tail, -np.exp(-40.0), rtol=1e-14, atol=0)
        rows = np.array([[1000.0, -1000.0, 0.0], [5.0, 5.0, 5.0]])
        target = np.array([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]])
        loss = live["softmax_cross_entropy"](rows, target)
        assert np.allclose(loss, [2000.0, np.log(3)], rtol=1e-15)
        slope = live["softmax_cross_entropy"].grad(rows, target)
        assert np.allclose(slope, [[1, -1, 0], np.array([2, 1, -1]) * [4 / 60, 2 / 60, 10 / 60]], rtol=1e-14)
        assert abs(live["cross_entropy"](np.array([0.0, 1.0]), np.array([0.0, 1.0]))) < 1e-50
        assert live["kl_divergence"](np.array([0.5, 0.5]), np.array([1.0, 0.0])) == pytest.approx(np.log(2))


@pytest.mark.parametrize("name", SHAPES)
def test_the_gradient_is_that_of_the_loss(live, name):
    rng = np.random.default_rng(3)
    x = rng.random((4, 5)) * 0.8 + 0.1
    target = np.sign(x - 0.5) if name == "hinge" else rng.dirichlet(np.ones(5), 4)
    f, step = live[name], 1e-6
    slope = f.grad(x, target)
    for place in np.ndindex(*x.shape):
        up, down = x.copy(), x.copy()
        up[place] += step
        down[place] -= step
        quotient = (np.sum(f(up, target)) - np.sum(f(down, target))) / (2 * step)
        assert quotient == pytest.approx(slope[place], rel=1e-6, abs=1e-8)
    g = rng.normal(size=4 if f.kernel.summed else (4, 5))
    pulled = f.vjp(g, x, target)
    assert np.allclose(pulled, (g[:, None] if f.kernel.summed else g) * slope, rtol=1e-12)


@pytest.mark.parametrize("name", ["cross_entropy", "softmax_cross_entropy", "hinge", "squared_error"])
def test_losses_are_within_their_bounds(name):
    loss = loss_kernel(CATALOG.find(name), CATALOG)
    assert [report.problems for report in loss_reports(loss, "exact", CATALOG)] == [(), ()]


def test_a_wrong_program_is_out_of_bounds():
    loss = loss_kernel(CATALOG.find("cross_entropy"), CATALOG)
    other = loss_kernel(CATALOG.find("kl_divergence"), CATALOG)
    swapped = replace(other, record=loss.record, parts=other.parts, shape="residual")
    assert any(report.problems for report in loss_reports(swapped, "exact", CATALOG))


def test_an_exported_loss_is_read_back_and_runs(tmp_path):
    made = api.export(["cross_entropy", "softmax_cross_entropy"], name="few")
    path = tmp_path / "few.py"
    path.write_text(made.text)
    assert made.certificate.problems == ()
    assert api.verify(path, points=(200, 50)).problems == ()
    spec = importlib.util.spec_from_file_location("few", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["few"] = module
    spec.loader.exec_module(module)
    z, t = np.array([[1.0, 2.0, 3.0]], np.float32), np.array([[0, 0, 1]])
    assert module.softmax_cross_entropy(z, t).dtype == np.float32
    assert module.__all__ == [
        f"{name}{end}" for name in ("cross_entropy", "softmax_cross_entropy") for end in ("", "_grad", "_vjp")
    ]
    text = made.text.replace("'shape': 'weighted'", "'shape': 'margin'")
    path.write_text(text)
    with pytest.raises(ReadError):
        api.verify(path, points=(200, 50))


def reports(name, values=None):
    loss = loss_kernel(CATALOG.find(name), CATALOG, values)
    return loss_reports(loss, "exact", CATALOG)


@pytest.mark.parametrize("name", ["huber", "binary_cross_entropy", "sigmoid_cross_entropy", "kl_divergence"])
def test_no_warning_where_the_loss_is_a_number(name):
    """Ends of the types, 0 beside a target of 0, infinities: measured, and quiet."""
    for report in reports(name):
        assert report.problems == ()
        assert [one.warnings for one in report.measured] == [0, 0, 0]
        assert all(one.nan_through for one in report.measured)


def test_a_warning_is_counted(monkeypatch):
    """A program that overflows on the way to a number."""
    from symderiv.kernels import runtime_losses

    def overflowing(parts, x, t, slope):
        return parts[0][slope](x - t) + 0 / np.maximum(1.0, x * x)

    monkeypatch.setattr(runtime_losses, "_residual", overflowing)
    value, slope = reports("log_cosh_error")
    assert value.measured[2].warnings > 0
    assert slope.measured[2].warnings > 0
    assert any("warning" in problem for problem in value.problems + slope.problems)


def test_nan_that_is_lost_is_a_problem(monkeypatch):
    from symderiv.kernels import runtime_losses

    kept = runtime_losses._residual
    monkeypatch.setattr(runtime_losses, "_residual", lambda *given: np.nan_to_num(kept(*given)))
    assert all(any("NaN" in problem for problem in report.problems) for report in reports("squared_error"))


def test_limits_are_measured():
    value, slope = reports("log_cosh_error")
    assert {one.limits for one in value.measured} == {(np.inf, np.inf)}
    assert {one.limits for one in slope.measured} == {(-1.0, 1.0)}


def test_beside_an_infinite_loss_the_rest_is_quiet(live):
    """(p - t)^2/2 beyond all doubles is infinite, its gradient a number; 0 log 0 is 0, and NaN stays."""
    x, t = np.array([1e200]), np.array([0.0])
    with np.errstate(over="ignore"):
        assert live["squared_error"](x, t) == np.inf
    with np.errstate(all="raise", under="ignore"):
        assert live["squared_error"].grad(x, t) == 1e200
        assert live["kl_divergence"](np.array([0.0, 1.0]), np.array([0.0, 1.0])) == 0
        assert np.array_equal(live["cross_entropy"].grad(np.array([0.0, 1.0]), np.array([0.0, 1.0])), [0, -1])
    assert np.isnan(live["kl_divergence"](np.array([np.nan, 1.0]), np.array([0.0, 1.0])))
    assert np.isnan(live["sigmoid_cross_entropy"](np.array([np.nan]), np.array([0.0]))).all()


@pytest.mark.parametrize("kappa", [1e-3, 0.1, 1.0, 3.0, 1e9])
def test_a_branch_that_is_not_taken_does_not_overflow(kappa):
    """Huber's loss up to the largest number, by its definition in exact arithmetic, without a warning."""
    f = LiveLoss(loss_kernel(CATALOG.find("huber"), CATALOG), "exact")
    largest = float(np.finfo(np.float64).max)
    for x in (0.0, 5e-4, 0.05, -0.75, 2.0, -1e9, 1.5e153, -1e155, 1.2e200, largest / 4, -largest):
        size, bend = Fraction(abs(x)), Fraction(kappa)
        exact = size**2 / 2 if size <= bend else bend * (size - bend / 2)
        if exact <= Fraction(largest):
            with np.errstate(over="raise", invalid="raise", divide="raise"):
                found = f(np.array([x]), np.array([0.0]), kappa=kappa)
            assert float(found[0]) == pytest.approx(float(exact), rel=1e-15, abs=5e-324)


def test_a_root_that_is_a_double_is_exact(live):
    """-log 1 = 0, and not what the second word of a root leaves."""
    assert live["cross_entropy"](np.array([1.0, 0.5]), np.array([1.0, 0.0])) == 0
