"""Exported modules: what they compute, what they refuse, and that an edited one fails."""

from __future__ import annotations

import importlib.util
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.errors import ReadError, SymderivError
from symderiv.verify.exhaustive import CHUNKS, Job, chunk, exhaustive
from symderiv.verify.reading import read_module


def imported(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("modules")
    made = api.export(["sigmoid", "swish", "elu", "softmax", "log_softmax"], name="grads.py")
    path = folder / "grads.py"
    path.write_text(made.text, encoding="utf-8")
    return path, made


@pytest.fixture(scope="module")
def module(exported):
    return imported(exported[0])


def test_the_same_kernels_give_the_same_text(exported):
    again = api.export(["sigmoid", "swish", "elu", "softmax", "log_softmax"], name="grads.py")
    assert again.text == exported[1].text


def test_only_numpy_is_imported(exported):
    text = exported[0].read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith(("import ", "from "))]
    words = {line.split()[1].partition(".")[0] for line in lines}
    assert words <= {"numpy", "threading", "collections", "typing", "__future__"}


@pytest.mark.parametrize("kind", [np.float16, np.float32, np.float64])
def test_types_shapes_and_strides(module, kind):
    x = np.linspace(-5, 5, 120).astype(kind).reshape(4, 5, 6)
    wanted = module.swish_grad(x)
    assert wanted.dtype == kind and wanted.shape == x.shape
    np.testing.assert_array_equal(module.swish_grad(x[:, ::2]), wanted[:, ::2])
    np.testing.assert_array_equal(module.swish_grad(x.T), wanted.T)
    assert module.swish_grad(x[0, 0, 0]) == wanted[0, 0, 0]
    assert type(module.swish_grad(kind(1))) is kind
    assert module.swish_grad(np.empty((0, 3), kind)).shape == (0, 3)
    out = np.empty_like(x)
    assert module.swish_grad(x, out=out) is out
    np.testing.assert_array_equal(out, wanted)


def test_integers_become_doubles(module):
    assert module.sigmoid_grad(0) == 0.25
    assert module.sigmoid_grad([1, 2]).dtype == np.float64


def test_in_place_and_overlapping(module):
    x = np.linspace(-4, 4, 1001)
    wanted = module.elu(x)
    same = x.copy()
    module.elu(same, out=same)
    np.testing.assert_array_equal(same, wanted)
    shifted = np.append(x, 0.0)
    module.elu(shifted[:-1], out=shifted[1:])
    np.testing.assert_array_equal(shifted[1:], wanted)


def test_large_arrays_and_threads(module):
    x = np.random.default_rng(0).normal(size=300_001)
    wanted = module.swish_grad(x)
    module.THREADS = 2
    try:
        np.testing.assert_array_equal(module.swish_grad(x), wanted)
    finally:
        module.THREADS = 1
    np.testing.assert_array_equal(module.swish_vjp(x, x), x * wanted)


def test_parameters_are_keywords(module):
    x = np.array([-1.0, 2.0])
    np.testing.assert_allclose(module.elu_grad(x, alpha=2.0), [2 * np.exp(-1.0), 1.0], rtol=1e-15)
    np.testing.assert_array_equal(module.elu_grad(x), module.elu_grad(x, alpha=1.0))


def test_the_convention_at_the_kink(module):
    np.testing.assert_array_equal(module.elu_grad(np.array([0.0, -0.0]), alpha=3.0), [3.0, 3.0])


def test_nothing_is_allocated_in_steady_state(module):
    for kind in (np.float32, np.float64):
        x = np.random.default_rng(1).normal(size=(50, 2000)).astype(kind)
        out, flat = np.empty_like(x), x.reshape(-1).copy()
        calls = [
            lambda flat=flat, o=np.empty_like(flat): module.sigmoid_vjp(flat, flat, out=o),
            lambda flat=flat, o=np.empty_like(flat): module.swish_grad(flat, out=o),
            lambda x=x, out=out: module.softmax(x, out=out),
            lambda x=x, out=out: module.softmax_vjp(x, x, out=out),
        ]
        for call in calls:
            call()
            call()
            tracemalloc.start()
            start = tracemalloc.get_traced_memory()[0]
            tracemalloc.reset_peak()
            call()
            peak = tracemalloc.get_traced_memory()[1] - start
            tracemalloc.stop()
            assert peak < 4096


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda m, x: m.sigmoid_grad(x, out=np.empty(3)), "shape"),
        (lambda m, x: m.sigmoid_grad(x, out=np.empty(4, np.float32)), "type"),
        (lambda m, x: m.sigmoid_grad(x, out=np.empty(8)[::2]), "contiguous"),
        (lambda m, x: m.sigmoid_grad(x, out=[0.0] * 4), "array"),
        (lambda m, x: m.sigmoid_grad(np.ma.masked_array(x)), "plain array"),
        (lambda m, x: m.sigmoid_grad(x.astype(complex)), "float64"),
        (lambda m, x: m.sigmoid_grad(np.array(["a"])), "float64"),
        (lambda m, x: m.sigmoid_vjp(x[:2], x), "shape"),
        (lambda m, x: m.sigmoid_vjp(x.astype(np.float32), x), "type"),
        (lambda m, x: m.softmax(x, axis=2), "axis"),
        (lambda m, x: m.softmax(x, axis="a"), "axis"),
        (lambda m, x: m.softmax(np.float64(1)), "axis"),
    ],
)
def test_wrong_arguments_are_refused(module, call, word):
    with pytest.raises((TypeError, ValueError), match=word):
        call(module, np.zeros(4))


def test_softmax_over_any_axis(module):
    generator = np.random.default_rng(2)
    z, g = generator.normal(size=(3, 4, 5)) * 5, generator.normal(size=(3, 4, 5))
    for axis in (0, 1, 2, -1):
        p = module.softmax(z, axis=axis)
        np.testing.assert_allclose(p.sum(axis=axis), 1, rtol=1e-14)
        mean = (g * p).sum(axis=axis, keepdims=True)
        np.testing.assert_allclose(module.softmax_vjp(g, p, axis=axis), p * (g - mean), atol=1e-14)
        y = module.log_softmax(z, axis=axis)
        np.testing.assert_allclose(y, np.log(p), atol=1e-13)
        wanted = g - p * g.sum(axis=axis, keepdims=True)
        np.testing.assert_allclose(module.log_softmax_vjp(g, y, axis=axis), wanted, atol=1e-13)
        np.testing.assert_allclose(module.log_softmax_jvp(g, y, axis=axis), g - mean, atol=1e-13)
    p = module.softmax(z)
    matrix = module.softmax_jacobian(p)
    np.testing.assert_allclose(np.einsum("abij,abj->abi", matrix, g), module.softmax_jvp(g, p), atol=1e-14)


def test_log_softmax_keeps_the_small_component(module):
    y = module.log_softmax(np.array([37.43, 0.0]))
    small = 5.55082509e-17
    np.testing.assert_allclose(module.log_softmax_vjp(np.array([1.0, 0.0]), y), [small, -small], rtol=1e-8)
    np.testing.assert_allclose(y[0], -small, rtol=1e-8)


def test_verify_agrees_with_a_module_as_exported(exported):
    certificate = api.verify(exported[0], points=(300, 60))
    assert certificate.problems == ()
    assert {report.name for report in certificate.reports} >= {
        "sigmoid_grad",
        "swish",
        "elu_grad_from_output",
    }
    assert json.loads(json.dumps(certificate.data()))["schema_version"] == 1


def edited(path: Path, old: str, new: str, tmp_path: Path) -> Path:
    text = path.read_text(encoding="utf-8")
    assert old in text
    target = tmp_path / "edited.py"
    target.write_text(text.replace(old, new, 1), encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("_sigmoid_grad_kernel_numbers = (2.0,", "_sigmoid_grad_kernel_numbers = (2.5,"),
        ("_numbers = (2048.0,", "_numbers = (1.0,"),
        ("_add(s[0], k[0], out)", "_add(s[0], k[1], out)"),
        ("_exp(s[0], s[0])", "_exp(s[0], s[1])"),
        ("_select(s[", "_patch(s["),
    ],
)
def test_a_kernel_edited_by_hand_fails(exported, tmp_path, old, new):
    path = edited(exported[0], old, new, tmp_path)
    try:
        assert api.verify(path, points=(300, 60)).problems
    except ReadError:
        pass  # a block that is read before it is written


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            "_multiply(target, g[low:high], target)",
            "_add(target, g[low:high], target)",
        ),
        ("np.exp(z, out=e)", "np.exp2(z, out=e)"),
        ("_run(_sigmoid_grad_plan, None, x, out)", "_run(_sigmoid_plan, None, x, out)"),
        ("_absolute, _negative, _exp", "_negative, _absolute, _exp"),
        ("'schema_version': 1", "'schema_version': 2"),
        ("'precision': 'exact'", "'precision': 'fast'"),
        ("def sigmoid(", "import os\n\n\ndef sigmoid("),
        ("import numpy as np", "import numpy as np)"),
    ],
)
def test_an_edited_frame_is_not_read(exported, tmp_path, old, new):
    with pytest.raises(ReadError):
        read_module(edited(exported[0], old, new, tmp_path), load())


def test_nothing_of_a_file_is_run(exported, tmp_path):
    witness = tmp_path / "witness"
    path = edited(exported[0], "__all__ = [", f"open({str(witness)!r}, 'w')\n__all__ = [", tmp_path)
    with pytest.raises(SymderivError):
        api.verify(path)
    assert not witness.exists()


def test_live_functions_are_those_of_the_module(module):
    live = api.derive("swish").kernel()
    x = np.linspace(-8, 8, 1001).astype(np.float32)
    np.testing.assert_array_equal(live.grad(x), module.swish_grad(x))
    np.testing.assert_array_equal(live(x), module.swish(x))
    np.testing.assert_array_equal(live.vjp(x, x), module.swish_vjp(x, x))
    z = x.reshape(7, 143)
    np.testing.assert_array_equal(api.derive("softmax").kernel()(z), module.softmax(z))


def test_fast_modules_work_in_the_type_itself():
    made = api.export(["sigmoid"], precision="fast")
    assert made.certificate.problems == ()
    assert "_sigmoid_grad_plan = _plan(\n    _f4," in made.text


def test_a_chunk_of_the_exhaustive_sweep():
    function = api.export(["sigmoid"]).module.functions[0]
    job = Job(function.gradient.narrow, function.gradient.wide, "x", (), "exact")
    worst, _, count, lost = chunk(job, 63, 1 << 16)
    assert worst <= 0.501
    assert count == 1 << 16
    assert lost == 0


def test_a_sweep_goes_on_where_it_stopped(tmp_path, monkeypatch):
    from symderiv.verify import exhaustive as sweep

    function = api.export(["sigmoid"]).module.functions[0]
    state, asked = tmp_path / "state.json", []

    def small(job, index, size=0):
        asked.append(index)
        if len(asked) == 10:
            raise KeyboardInterrupt
        return 0.5, 1.0, 100, 0

    monkeypatch.setattr(sweep, "chunk", small)
    with pytest.raises(KeyboardInterrupt):
        exhaustive(function, "exact", state, workers=1)
    found = exhaustive(function, "exact", state, workers=1)
    assert found["inputs"] == 100 * CHUNKS
    assert len(asked) == CHUNKS + 1


@pytest.mark.parametrize("name", ["s", "k", "g", "out", "y"])
def test_a_parameter_may_have_the_name_of_an_argument(tmp_path, name):
    made = api.export([api.export_target(f"exp(-x/{name})", name="decaying", wrt="x")])
    path = tmp_path / "decaying.py"
    path.write_text(made.text, encoding="utf-8")
    module = imported(path)
    key = name + "_" * (name in ("g", "out", "y"))
    x = np.array([0.0, 1.0, 2.5])
    np.testing.assert_allclose(module.decaying_grad(x, **{key: 2.0}), -np.exp(-x / 2) / 2, rtol=1e-15)
    np.testing.assert_allclose(module.decaying_vjp(x, x), -x * np.exp(-x), rtol=1e-15)
    assert read_module(path, load()).functions[0].parameters == ((name, 1.0),)


def test_log_softmax_keeps_small_shares_wherever_the_largest_entry_is(module):
    for z in ([0.0, 37.43], [37.43, 0.0], [-5.0, 0.0, 37.43]):
        y = module.log_softmax(np.array(z))
        others = sum(np.exp(one - 37.43) for one in z if one < 37.43)
        np.testing.assert_allclose(y[np.argmax(z)], -np.log1p(others), rtol=1e-13)
    tied = module.log_softmax(np.array([0.0, 3.0, 3.0]))
    np.testing.assert_allclose(tied[1], -np.log(2 + np.exp(-3.0)), rtol=1e-15)


def test_vector_kernels_are_measured(exported):
    made = exported[1].certificate
    parts = {(one.function, one.part, one.type) for one in made.vectors}
    assert len(parts) == 2 * 3 * 3
    singles = [one.ulp for one in made.vectors if one.type == "float32" and one.part == "value"]
    assert max(singles) <= 0.501
