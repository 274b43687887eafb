"""A network that does not fit together is refused, with the line and the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.api import load_network
from symderiv.cli import main
from symderiv.errors import NetworkError, SymderivError


def network(
    equations: list[str], *, loss: str = "L", parameters: str = '["w"]', given: str = "", more: str = ""
) -> str:
    lines = ",\n".join(f'  "{one}"' for one in equations)
    table = f"\n[given]\n{given}\n" if given else ""
    return (
        f'[network]\nequations = [\n{lines}\n]\nloss = "{loss}"\nparameters = {parameters}\n{more}\n{table}'
    )


GIVEN = "x = 1\nw = 2\n"
CASES = [
    (network(["L = w*q"], given=GIVEN), "'q' is not defined", 3),
    (network(["a = w*b", "b = a + x", "L = a"], given=GIVEN), "circle", 3),
    (network(["a = w*a", "L = a*x"], given=GIVEN), "circle", 3),
    (network(["L = w*x", "L = w + x"], given=GIVEN), "defined twice", 4),
    (network(["a = w*x", "b = w + x", "L = a**2"], given=GIVEN), "b is not used", 4),
    (network(["x = w", "L = x**2"], given=GIVEN), "given and defined", 3),
    (network(["w = x", "L = w**2"], given="x = 1\n"), "parameter w is computed", 3),
    (network(["L = w*x"], given="x = 1\n"), "parameter w has no value", 3),
    (network(["L = w*x"], given=GIVEN + "y = 3\n"), "given value y is not used", 12),
    (network(["L = x**2"], given=GIVEN), "'w' does not occur in the loss", 6),
    (network(["L[k] = w[k]*x[k]"], given="x = [1, 2]\nw = [1, 2]\n"), "no single number", 3),
    (network(["L = Sum(w[k]*x[k], k, 1, K)"], given="x = [1, 2, 3]\nw = [1, 2]\n"), "wrong shape", 3),
    (network(["L = Sum(w[k]*x[k], k, 1, 4)"], given="x = [1, 2]\nw = [1, 2]\n"), "wrong shape", 3),
    (network(["L = w*x"], given="x = [1, 2]\nw = 1\n"), "wrong shape: x is a vector", 3),
    (network(["L = w[1, 1]*x"], given="x = 1\nw = [1, 2]\n"), "wrong shape: w is a vector", 3),
    (network(["L = w[3]*x"], given="x = 1\nw = [1, 2]\n"), "wrong shape: w has no entry 3", 3),
    (network(["L = w[k]*x"], given="x = 1\nw = [1, 2]\n"), "index 'k' has no range", 3),
    (network(["L = w*x", "M = w"], loss="N", given=GIVEN), "loss 'N' has no equation", 6),
    (network(["L = w*sigmoud(x)"], given=GIVEN), "sigmoud", 3),
    (network(["L = w*(x"], given=GIVEN), "", 3),
    (network(["w + x"], given=GIVEN), "no equation", 3),
    (network(["z[1] = w", "L = z[1]*x"], given=GIVEN), "is no name to define", 3),
    (network(["L = w*x"], parameters='["w", "w"]', given=GIVEN), "stands twice", 6),
    (network(["L = w*x"], given="x = [[1, 2], [3]]\nw = 1\n"), "different lengths", 10),
    (network(["L = w*x"], given='x = "many"\nw = 1\n'), "must be a number", 10),
    (network(["L = w*x"], given="x = inf\nw = 1\n"), "must be a number", 10),
    (network(["L = w*x"], given=GIVEN, more="learning_rat = 0.1"), "unknown key 'learning_rat'", 7),
    (network(["L = w*x"], given=GIVEN, more='learning_rate = "fast"'), "learning_rate must be a number", 7),
    ("[network]\nequations = []\n", "no equations", 2),
    ("[given]\nx = 1\n", "no table [network]", None),
    ("[network\n", "not valid TOML", None),
    ("[net]\nx = 1\n", "unknown table", None),
    (network(["L = w*Sum(x[k], k, 1, 0)"], given="x = [1, 2]\nw = 1\n"), "runs from 1 to 0", 3),
    (network(["L = w*Sum(x[k], k, 1, -3)"], given="x = [1, 2]\nw = 1\n"), "runs from 1 to -3", 3),
    (network(["L = w*Sum(x[k], k, 1, 1.5)"], given="x = [1, 2]\nw = 1\n"), "runs from 1 to 1.5", 3),
    (network(["L = w*Sum(x[k], k, 2, 1)"], given="x = [1, 2]\nw = 1\n"), "runs from 2 to 1", 3),
    (network(["L = w*x"], given=f"x = {'9' * 5000}\nw = 1\n"), "too long", None),
    (network(["L = w*x"], given="x = 1e99999999999999999999999\nw = 1\n"), "too long", None),
    (network(["L = w*x"], given="x = 1e99999999\nw = 1\n"), "must be a number", 10),
]


@pytest.mark.parametrize(("text", "said", "line"), CASES, ids=[case[1][:30] or "bracket" for case in CASES])
def test_the_line_is_named(text, said, line, tmp_path: Path):
    file = tmp_path / "net.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        load_network(file)
    error = caught.value
    assert said in error.message
    assert "net.toml" in error.message
    if line is not None:
        assert f"line {line}:" in error.message
        start, end = error.span
        assert text.count("\n", 0, start) + 1 == line
        assert 0 <= start < end <= len(text)


def test_the_place_of_an_undefined_name():
    text = network(["a = w*x", "L = a + qq"], given=GIVEN)
    with pytest.raises(NetworkError) as caught:
        load_network(text)
    start, end = caught.value.span
    assert text[start:end] == "qq"


def test_a_value_that_does_not_exist():
    with pytest.raises(NetworkError, match="has no value"):
        __import__("symderiv").backprop(network(["L = w*log(x)"], given="x = -1\nw = 2\n"))


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_what_cannot_be_read(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["backprop", name]) == 2
    assert capsys.readouterr().err.startswith("error: ")


def test_binary_and_empty_files(tmp_path, capsys):
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.toml").write_bytes(b"")
    for name in ("a.toml", "b.toml"):
        assert main(["backprop", str(tmp_path / name)]) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_nothing_is_ever_run(tmp_path):
    for text in ("__import__('os').system('x')", "w.real", "lambda: w", "w; x", "[w for w in x]"):
        with pytest.raises(SymderivError):
            load_network(network([f"L = {text}"], given=GIVEN))


def test_a_mark_at_the_beginning_of_a_file(tmp_path):
    file = tmp_path / "net.toml"
    file.write_text(network(["L = w*x"], given=GIVEN), encoding="utf-8-sig")
    assert main(["backprop", str(file)]) == 0
