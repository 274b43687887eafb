"""Sheets of real functions: every formula is proved, they compile, and the gallery is reproducible."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.notation.term import Term, call, diff, sym
from symderiv.sheet.compose import compose
from symderiv.sheet.document import Aligned, Boxed, Cite, Document, Maths, Number, Words
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.sections.numeric import parse
from symderiv.sheet.sections.page import Page
from symderiv.sheet.sections.properties import number, shorten
from symderiv.sheet.sections.steps import replaced
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.study import study
from symderiv.sheet.subject import Subject
from tests.sheet.conftest import compile_tex, read

FEW = ("sigmoid", "softmax", "relu", "gelu_tanh")
EXPRESSION = "x*tanh(log(1+exp(x)))"


@functools.cache
def subject(name: str) -> Subject:
    chosen = {} if load().find(name) else {"name": "my_f"}
    return study(api.derive(name, routes=["all"], **chosen), load())


@functools.cache
def document(name: str) -> Document:
    return compose(subject(name))


def lines(name: str) -> Iterator[Aligned]:
    for block in document(name).blocks():
        if isinstance(block, Aligned):
            yield block


@pytest.mark.parametrize("name", [*FEW, "swish", "elu", EXPRESSION])
def test_every_line_is_proved(name: str) -> None:
    found = subject(name)
    for block in lines(name):
        before = block.start
        for line in block.lines:
            assert line.status == "proved"
            for path, label in line.brace:
                assert found.equal(line.term.part(path), label)
            before = line.term
        assert before == block.lines[-1].term
    verdict = document(name).section("verdict")
    assert verdict is not None
    words = "".join(part.text for b in verdict.blocks for part in b.prose if isinstance(part, Words))  # type: ignore[union-attr]
    assert "Not proved" not in words


@pytest.mark.parametrize("name", [*FEW, "log_softmax", "swish", "elu", "sech", EXPRESSION])
def test_every_box_is_true_as_it_is_printed(name: str) -> None:
    """With f(x) for y and D(f(x), x) for y', what stands in a box is proved."""
    found = subject(name)
    values = {found.output.name: found.whole, "dy": found.derivative, "J": sym("J")}
    values |= dict(Page(found, load_sentences()).shorthand.letters)
    boxes = [b for b in document(name).section("result").blocks if isinstance(b, Boxed)]  # type: ignore[union-attr]
    assert boxes
    for box in boxes:
        (claim,) = box.formula
        assert isinstance(claim, Term)
        left, right = (side.substitute(values).rebuild(unprimed) for side in claim.args)
        assert found.equal(left, right), str(claim)


def unprimed(node: Term) -> Term | None:
    """f'(x) as D(f(x), x), which the prover unfolds."""
    if node.kind != "call" or node.order == 0:
        return None
    return diff(call(node.name, *node.args), *node.args, node.order)


@pytest.mark.parametrize("name", [*FEW, "swish", "elu", "arctan", "logcosh", EXPRESSION])
def test_every_rule_that_is_cited_is_explained_and_numbered(name: str) -> None:
    rules = document(name).section("rules")
    assert rules is not None
    (block,) = rules.blocks
    numbers = {entry.cite.rule: entry.cite.number for entry in block.entries}  # type: ignore[union-attr]
    assert list(numbers.values()) == list(range(1, len(numbers) + 1))
    known = load_sentences().keys("rules")
    for aligned in lines(name):
        for line in aligned.lines:
            assert isinstance(line.cite, Cite)
            assert line.cite.number == numbers[line.cite.rule]
            assert line.cite.rule in known


def test_what_a_sheet_carries() -> None:
    ids = {section.id for section in document("sigmoid").sections}
    assert ids >= {"glance", "definition", "notation", "rules", "derivation", "bridge", "result", "second"}
    assert ids >= {"properties", "numeric", "verdict", "references"}
    assert len([i for i in ids if i.startswith("route-")]) >= 2
    assert {"vectors", "two-classes"} <= {section.id for section in document("softmax").sections}
    assert "kinks" in {section.id for section in document("relu").sections}


def test_a_brace_is_never_put_under_parts_that_are_not_equal() -> None:
    """1/4 - tanh(x/2)^2/4 = s - s^2, and yet 1/4 is not s."""
    equal = subject("sigmoid").equal
    before, after = read("1/4 - tanh(x/2)**2/4"), read("sigmoid(x) - sigmoid(x)**2")
    assert equal(before, after)
    assert replaced(before, after, equal) == ()
    termwise = read("1/(1 + exp(-x)) - 1/(1 + exp(-x))**2")
    assert [label for _, label in replaced(termwise, after, equal)] == [
        after.args[0],
        after.args[1].args[0],
    ]


def test_sheets_compile(tmp_path: Path) -> None:
    names = ["sigmoid", "softmax", "gelu_tanh", EXPRESSION]
    for name in names:
        found = subject(name)
        text = find_format("tex").render(found, Options())
        (tmp_path / f"{found.name}.tex").write_text(text, encoding="utf-8")
    log = compile_tex(tmp_path, *(f"{subject(name).name}.tex" for name in names), runs=1)
    for word in ("Overfull", "undefined", "multiply defined", "Missing character"):
        assert word not in log


@pytest.mark.slow
@pytest.mark.parametrize("name", load().names())
def test_every_rule_of_the_gallery_is_explained(name: str) -> None:
    known = load_sentences().keys("rules")
    assert {step.rule for step in subject(name).steps()} <= set(known)


@pytest.mark.slow
def test_every_sheet_of_the_catalogue_compiles(tmp_path: Path) -> None:
    names = load().names()
    for name in names:
        text = find_format("tex").render(subject(name), Options())
        (tmp_path / f"{name}.tex").write_text(text, encoding="utf-8")
    log = compile_tex(tmp_path, *(f"{name}.tex" for name in names), runs=1)
    for word in ("Overfull", "undefined", "multiply defined", "Missing character"):
        assert word not in log


def test_places_that_a_parameter_scales_are_printed_with_it() -> None:
    """swish with slope beta has its minimum at -1.27846/beta, of value -0.278465/beta."""
    section = document("swish_beta").section("properties")
    assert section is not None
    (items,) = section.blocks
    terms = [
        term
        for prose, _ in items.items  # type: ignore[union-attr]
        for part in prose
        if isinstance(part, Maths)
        for term in part.formula
        if isinstance(term, Term)
    ]
    assert {read("-1.27846/beta"), read("-0.278465/beta")} <= set(terms)
    assert not {read("-1.27846"), read("-0.278465")} & set(terms)


@pytest.mark.parametrize(
    ("digits", "short"),
    [
        ("-1.27846454276", "-1.27846"),
        ("1.000005", "1.000005"),
        ("0.0998393201289", "0.0998393"),
        ("2.5", "2.5"),
        ("123456789", "123457000"),
        ("1.5e-9", "1.5E-9"),
    ],
)
def test_digits_are_rounded_once(digits: str, short: str) -> None:
    assert shorten(digits) == short


def test_numbers_of_the_table() -> None:
    assert str(parse("-4.2e-18")) == "-4.2*10**-18"
    assert str(parse("1e-9")) == "10**-9"


def test_a_rounded_number_is_never_called_equal() -> None:
    from symderiv.derive.properties import Point

    rounded, exact = number(Point(None, "0.25")), number(Point(read("1/4"), "0.25"))
    assert (rounded.relation, exact.relation) == ("≈", "=")
    assert exact == Number(((read("1/4"), read("0.25")),))
    assert exact.formula == (read("1/4"),)
    assert isinstance(Maths(rounded.formula), Maths)
