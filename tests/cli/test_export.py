"""`symderiv export` and `symderiv verify`: exit codes, whole files, one clear error for bad input."""

from __future__ import annotations

import json

import pytest


def test_export_then_verify(run, tmp_path):
    target = tmp_path / "grads.py"
    done = run("export", "sigmoid", "softmax", "-o", str(target))
    assert (done.code, done.err) == (0, "")
    certificate = json.loads((tmp_path / "grads.certificate.json").read_text(encoding="utf-8"))
    assert certificate["problems"] == []
    assert {kernel["name"] for kernel in certificate["kernels"]} >= {"sigmoid", "sigmoid_grad"}
    checked = run("verify", str(target))
    assert checked.code == 0
    assert "sigmoid_grad" in checked.out and "within every bound" in checked.out


def test_an_existing_file_is_kept_without_force(run, tmp_path):
    target = tmp_path / "grads.py"
    target.write_text("mine", encoding="utf-8")
    done = run("export", "relu", "-o", str(target))
    assert done.code == 2 and "--force" in done.err
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("export", "relu", "-o", str(target), "--force").code == 0


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["export", "sigmoid", "sigmoid", "-o", "{}/a.py"], "two functions"),
        (["export", "x**2", "--name", "a-b", "-o", "{}/a.py"], "name"),
        (["export", "x**2", "--name", "class", "-o", "{}/a.py"], "name"),
        (["export", "x**2", "x**3", "--name", "f", "-o", "{}/a.py"], "--name"),
        (["export", "sigmoid", "-o", "{}/a.txt"], "module"),
        (["export", "sigmoid", "-o", "{}/missing/\0/a.py"], ""),
        (["export", "nosuchfunction", "-o", "{}/a.py"], "unknown"),
        (["export", "sigmoid", "--value", "alpha=2", "-o", "{}/a.py"], "parameter"),
        (["export", "elu", "--value", "alpha=x", "-o", "{}/a.py"], "number"),
        (["verify", "{}/none.py"], "cannot read"),
        (["verify", "{}/a.py", "sigmoid"], "one file"),
    ],
)
def test_bad_input_is_one_clear_error(run, tmp_path, arguments, word):
    done = run(*(argument.replace("{}", str(tmp_path)) for argument in arguments))
    assert done.code == 2
    assert word in done.err
    assert "Traceback" not in done.err and "internal error" not in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "text", ["", "def (", "x = 1\n", "\0", "__symderiv__ = {'schema_version': 1}\n", "(" * 5000]
)
def test_a_module_that_cannot_be_parsed(run, tmp_path, text):
    path = tmp_path / "foreign.py"
    path.write_text(text, encoding="utf-8")
    done = run("verify", str(path))
    assert done.code == 2
    assert done.err.startswith("error:") and "internal" not in done.err


def test_out_of_bounds_is_a_finding(run, tmp_path):
    """The derivative of a chirp turns by many radians from one number to the next one."""
    done = run("export", "sin(exp(x))", "--name", "chirp", "-o", str(tmp_path / "g.py"))
    assert done.code == 1
    assert "out of bounds" in done.err
    assert "OUT OF BOUNDS" in (tmp_path / "g.py").read_text(encoding="utf-8")
