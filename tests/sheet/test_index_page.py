"""The gallery's page: a card for each function, families to choose from without a script."""

from __future__ import annotations

import functools
from dataclasses import replace

from symderiv import api
from symderiv.notation.read.latex import Context, read_latex
from symderiv.sheet.entry import Entry, entry
from symderiv.sheet.formats import Options
from symderiv.sheet.gallery import index
from symderiv.sheet.index_page import index_page
from tests.notation.mathml_reader import latex_of
from tests.sheet.faces import Page

FORMATS = ("markdown", "html", "pdf", "json")


@functools.cache
def entries() -> tuple[Entry, ...]:
    return tuple(entry(api.subject(name), FORMATS, Options()) for name in ("sigmoid", "relu", "softmax"))


def page(*chosen: Entry) -> tuple[Page, str]:
    text = index_page(index(chosen, Options()), chosen, Options(), unlinked=frozenset({"pdf"}))
    return Page(text), text


def test_each_function_has_a_card_with_its_formulas() -> None:
    found, text = page(*entries())
    cards = [element for element in found.root.iter() if element.tag == "article"]
    assert len(cards) == 3
    context = Context(functions={"sigma": "sigmoid"}).lettered({"relu": r"\operatorname{ReLU}"})
    for card, one in zip(cards, entries()[:2], strict=False):
        formulas = [e for e in card.iter() if e.tag == "math" and "formula" not in e.get("class", "")]
        seen = [read_latex(latex_of(_text(formula)), context).term for formula in formulas[:2]]
        assert seen == [one.stated, *one.shown]
    assert "24 of 24 steps proved" in text


def _text(element: object) -> str:
    from xml.etree import ElementTree

    assert isinstance(element, ElementTree.Element)
    element.tail = None
    return ElementTree.tostring(element, encoding="unicode")


def test_every_file_that_is_kept_is_linked() -> None:
    found, _ = page(*entries())
    links = [e.get("href") for e in found.root.iter() if e.tag == "a"]
    for one in entries():
        assert all((path in links) == (name != "pdf") for name, path in one.files)
        assert links.count(f"sheets/{one.name}.html") == 2  # the title leads to the web page


def test_a_family_is_chosen_without_a_script() -> None:
    found, text = page(*entries())
    radios = [e for e in found.root.iter() if e.tag == "input"]
    families = [e.get("data-family") for e in found.root.iter() if e.get("data-family")]
    assert [e.get("id") for e in radios] == ["show-all", *(f"show-{family}" for family in families)]
    assert {(e.get("type"), e.get("name")) for e in radios} == {("radio", "family")}
    assert ["checked" in e.attrib for e in radios] == [True, False, False]
    for family in families:
        rule = f'body:has(#show-{family}:checked) main > section:not([data-family="{family}"])'
        assert rule in text
    assert "<script" not in text


def test_ids_are_unique_though_pictures_are_alike() -> None:
    found, _ = page(*entries())
    ids = [e.get("id") for e in found.root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_words_of_others_do_no_harm() -> None:
    hostile = replace(
        entries()[0], title="<script>x</script>", family='a"] b <i>', files=(("html", "javascript:x"),)
    )
    found, text = page(hostile)
    assert "<script" not in text
    assert not any(e.get("href", "").startswith("javascript") for e in found.root.iter())
    assert "<i>" not in text
