r"""The LaTeX reader: read right or refused with a place; two readings are never settled silently."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.errors import LimitError, ReadError
from symderiv.notation.read.batch import answer
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import Term
from symderiv.notation.write.latex import LatexStyle, write_latex
from tests.notation.golden import LATEX
from tests.notation.reader_lines import READ, REFUSED, TWO_WAYS
from tests.notation.test_latex_writer import STYLE, _small_terms

DECLARED = Context.of(functions=["f", "g", "sigma", "Phi"])
SHEET = Context(
    functions={"sigma": "sigmoid", "s": "softmax", "f": "f", "GELU": "gelu", "phi": "phi"},
    families=frozenset({"softmax"}),
    indexed=frozenset({"z", "s"}),
    names={"y_prime": "dy"},
    vectors=True,
)


@pytest.mark.parametrize("latex", READ)
def test_read(latex: str) -> None:
    assert read_latex(latex, DECLARED).plain == READ[latex]


@pytest.mark.parametrize("latex", TWO_WAYS)
def test_two_readings_are_both_given_and_said(latex: str) -> None:
    reading = read_latex(latex, DECLARED)
    assert (reading.plain, *reading.other_plains) == TWO_WAYS[latex]
    assert any(note.startswith(("scope: ", "function: ")) for note in reading.notes)


@pytest.mark.parametrize("latex", REFUSED)
def test_refused_with_a_place(latex: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_latex(latex, DECLARED)
    assert caught.value.source == latex
    start, end = caught.value.span or (-1, -1)
    assert latex[start:end] == REFUSED[latex]


def _sheet_lines() -> list[str]:
    beyond = (
        "log_softmax",
        "learning_rate",
        "==",
        "2.*",
        "E-",
        "e-",
        "e**",
        "lambda",
        "!=",
        "sigma'",
        "j + 1",
    )
    return [plain for plain in LATEX if not any(word in plain for word in beyond) and plain != "e"]


@pytest.mark.parametrize("plain", _sheet_lines())
def test_what_sheets_print_is_read_back(plain: str) -> None:
    term = read_plain(plain)
    assert _meaning(read_latex(write_latex(term, STYLE), SHEET).term) == _meaning(term)


def _meaning(term: Term) -> Term:
    """Components and subscripted names are one on paper."""

    def name(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].kind == "symbol":
            return Term("symbol", name=str(node).replace("[", "_").replace(", ", "").strip("]"))
        return None

    return term.rebuild(name)


def test_every_small_term_is_read_back_as_itself() -> None:
    style = LatexStyle(functions={"sigma": r"\sigma"})
    context = Context(
        functions={"sigma": "sigma", "f": "f"},
        indexed=frozenset({"x"}),
        families=frozenset({"sigma"}),
        symbols=frozenset({"n"}),
        vectors=True,
    )
    for place, term in enumerate(_small_terms()):
        if place % 5 == 0:
            reading = read_latex(write_latex(term, style), context)
            assert reading.sides == (term,)
            assert not reading.alternatives


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            r"x y \sigma ( ) ^ _ { } \frac \sqrt 1 2 + - \cdot ' | \sum_{k=1}^n z_k d \partial / \log \sin "
            r", & e \left( \right) \hat \begin{cases} \end{cases} \\ = \text{if} \delta".split()
        ),
        max_size=14,
    )
)
def test_any_tokens_are_read_or_refused(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = answer({"id": 0, "latex": text, "functions": ["sigma"]})
    assert (found["plain"] is None) == (found["error"] is not None)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (r"\sigma'(x)", r"\sigma(x)"),
        ("f''(x)", "f'(x)"),
        ("L", "l"),
        ("z^{(2)}", "z^2"),
        ("x_1", "x_2"),
        ("w_{ij}", "w_{ji}"),
        ("w_{12}", "w_{1,2}"),
        (r"\hat{y}", "y"),
        (r"\epsilon", r"\varepsilon"),
        (r"\tanh x", r"\tan x"),
        (r"\sum_{k=1}^{K} k", r"\sum_{k=1}^{n} k"),
        (r"\frac{dL}{dw}", r"\frac{L}{w}"),
        ("e^{-x}", "e^{x}"),
        ("(x+1)^2", "x+1^2"),
    ],
)
def test_different_tokens_give_different_trees(a: str, b: str) -> None:
    assert read_latex(a, DECLARED).sides != read_latex(b, DECLARED).sides


def test_the_context_decides() -> None:
    assert read_latex("p(1-q)", Context.of(symbols=["p"])).plain == "p*(1 - q)"
    assert read_latex("p(1-q)", Context.of(functions=["p"])).plain == "p(1 - q)"
    assert read_latex("p(z)", Context.of(symbols=["p"])).plain == "p*z"
    assert read_latex("z_i", Context(indexed=frozenset({"z"}))).plain == "z[i]"
    assert read_latex(r"s_i(z)", SHEET).plain == "softmax(z)[i]"
    assert read_latex("s^\\top g", Context(vectors=True)).plain == "transpose(s)*g"
    assert read_latex(r"\s(x)", Context(macros={r"\s": r"\sigma"})).plain == "sigma(x)"
    assert read_latex("dx", Context.of(symbols=["d"])).plain == "d*x"
    assert read_latex("e^2", Context.of(symbols=["e"])).plain == "e**2"


def test_functions_are_read_as_the_style_letters_them() -> None:
    functions = {"sigmoid": r"\sigma", "tanh": r"\tanh", "swish_beta": r"\operatorname{swish}_{\beta}"}
    context = Context().lettered(functions | {"expit": r"\sigma"})
    for plain in ("sigmoid'(x)*tanh(x)", "swish_beta(x)**2", "swish_beta'(x) + swish_beta(2*x)"):
        term = read_plain(plain)
        assert read_latex(write_latex(term, LatexStyle(functions=functions)), context).term == term


def test_a_letter_may_be_a_function_and_a_value() -> None:
    both = Context(functions={"f": "f"}, symbols=frozenset({"f"}))
    assert read_latex("f(x)(1 - f)", both).plain == "f(x)*(1 - f)"
    assert read_latex("f(1 - f)", both).plain == "f*(1 - f)"


def test_an_irregular_name_is_read_back() -> None:
    for name in ("y_", "learning_rate", "a____b"):
        term = Term("symbol", name=name)
        assert read_latex(write_latex(term)).term == term


def test_the_index_of_a_sum_is_never_hidden_in_a_name() -> None:
    assert read_latex(r"\sum_{k=1}^n e^{z_k}").plain == "Sum(exp(z[k]), k, 1, n)"
    assert read_latex(r"\sum_{i=1}^m \hat{y}^{(i)}").plain == "Sum(hat_y[i], i, 1, m)"
    assert read_latex(r"\sum_k g_k(x)").plain == "Sum(g(x)[k], k, 1, n)"
    with pytest.raises(ReadError):
        read_latex(r"\sum_k x_k'")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3000 + "x" + ")" * 3000,
        "{" * 900 + "x" + "}" * 900,
        r"\hat{" * 600 + "x" + "}" * 600,
        r"\frac{1}{" * 300 + "x" + "}" * 300,
        r"\sqrt" * 900 + "x",
        r"\sin" * 900 + " x",
        "x^{" * 500 + "2" + "}" * 500,
        r"\frac{d}{dx}" * 180 + "x",
        "x+" * 40_000 + "x",
        "9" * 61,
        "x" * 3000,
        r"\a",
    ],
    ids=range(12),
)
def test_hostile_text_is_refused(text: str) -> None:
    with pytest.raises((LimitError, ReadError)):
        read_latex(text, Context(macros={r"\a": r"\a\a\a"}))


def test_batch_answers_whatever_it_is_asked() -> None:
    assert answer({"id": 1, "latex": r"g(x)\hat{y}", "functions": ["g"]}) == {
        "id": 1,
        "ok": True,
        "plain": "g(x)*hat_y",
        "notes": [],
        "error": None,
    }
    assert answer({"id": 2, "latex": r"\int x"})["error"]["span"] == [0, 4]
    assert answer({"id": 3, "latex": "p(z)", "symbols": ["p"]})["plain"] == "p*z"
    for request in (None, [], {"id": 4}, {"id": 5, "latex": 7}, {"id": 6, "latex": "x", "functions": "g"}):
        assert answer(request)["ok"] is False


def test_the_catalogue_and_the_document_share_a_word() -> None:
    found = answer(
        {"id": 1, "latex": r"\text{ReLU}(x) + \sigma(x)"},
        Context(functions={"relu": "relu", "sigma": "sigmoid"}),
    )
    assert found["plain"] == "relu(x) + sigmoid(x)"
