"""Web pages: whole, self-contained, in order; every block; hostile words and pictures do no harm."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from symderiv.errors import TargetError
from symderiv.notation.read.latex import read_latex
from symderiv.notation.term import equation
from symderiv.sheet.document import (
    REALS,
    Aligned,
    Block,
    Boxed,
    Cite,
    Code,
    Display,
    Document,
    Entry,
    Facts,
    Figure,
    Interval,
    Items,
    Line,
    Link,
    Maths,
    Paragraph,
    Points,
    Rules,
    Section,
    Table,
    Words,
)
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.formats.html import address, render_document
from symderiv.sheet.listing import highlighted
from symderiv.sheet.svg import embedded
from tests.notation.mathml_reader import latex_of
from tests.sheet.conftest import UNDECIDED, read, sigmoid
from tests.sheet.faces import Page

WORDS = (Words("words"),)
CITE = Cite("chain-rule", "chain rule", 1)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    "<metadata>who</metadata><script>alert(1)</script><title>no</title>"
    '<defs><clipPath id="c"><rect width="9" height="9"/></clipPath></defs>'
    '<g id="unused"><path id="p" d="M 0 0 L 9 9" clip-path="url(#c)" onclick="alert(1)"/></g>'
    '<use xlink:href="#p"/><use href="https://example.org/x.svg#y"/><image href="x.png"/></svg>'
)
EVERY: tuple[Block, ...] = (
    Paragraph((Words("a < b & c"), Words("x_1", "code"), Words("!", "strong"), Maths((read("x**2"),)), CITE)),
    Facts(((WORDS, (Maths((read("f_1"), ":", REALS, "→", Interval(read("-1"), read("1")))),)),)),
    Display((((equation(read("y"), read("x")),), WORDS), ((Points((read("1"), read("2"))),), ()))),
    Aligned(
        read("D(sigmoid(x), x)"),
        (
            Line(read("1/(1 + exp(-x)) - x"), CITE, "proved", (((0,), read("sigmoid(x)")),)),
            Line(read("x"), CITE, "undecided", (), (Line(read("y"), CITE), Line(read("x"), CITE))),
        ),
    ),
    Boxed((read("Piecewise((x, x > 0), (0, True))"),), WORDS),
    Rules((Entry(CITE, (read("u*v"),), WORDS),)),
    Table(((Maths((read("x"),)),), WORDS), ((WORDS, WORDS),), "rl"),
    Items(((WORDS, WORDS), (WORDS, ()))),
    Code("def f(x):\n    return x < 1  # no", label=WORDS),
    Figure("fig", "what is <seen>", WORDS, SVG),
    Paragraph((Link("https://example.org/a?b&c"), Link("javascript:alert(1)", "run"))),
)
LETTERS = (("sigmoid", r"\sigma"),)


def document(*blocks: Block, language: str = "en") -> Document:
    sections = (
        Section("head", (), blocks[:1]),
        Section("one", WORDS, blocks[1:]),
        Section("two", (*WORDS, Maths((read("x"),))), (), level=2),
        Section("three", WORDS, ()),
        Section("four", WORDS, ()),
    )
    return Document("page", (Words("Title & more"),), WORDS, sections, LETTERS, language=language)


def page(*blocks: Block) -> Page:
    return Page(render_document(document(*blocks), Options()))


def test_every_block_is_there() -> None:
    found = page(*EVERY)
    tags = [element.tag for element in found.root.iter()]
    for tag in ("p", "dl", "ol", "details", "table", "ul", "pre", "figure", "svg", "nav", "main", "header"):
        assert tag in tags, tag
    text = "".join(found.root.itertext())
    assert "a < b & c" in text
    assert "not decided" in text
    assert "In 2 smaller steps" in text
    assert len(found.of_class("box")) == 1


def test_a_page_needs_nothing_else() -> None:
    text = render_document(document(*EVERY), Options())
    found = Page(text)
    assert not [
        e for e in found.root.iter() if e.tag in {"script", "link", "iframe", "object", "img", "base"}
    ]
    assert not re.search(r"@import|@font-face|url\((?!#)", text)
    for element in found.root.iter():
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in {"href", "src"}:
                assert value == "" or value.startswith(("#", "https://example.org/a"))


def test_headings_and_landmarks_are_in_order() -> None:
    found = page(*EVERY)
    headings = [int(e.tag[1]) for e in found.root.iter() if re.fullmatch(r"h\d", e.tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(headings))
    assert next(e for e in found.root.iter() if e.tag == "html").get("lang") == "en"
    ids = [e.get("id") for e in found.root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    for element in found.root.iter():
        target = element.get("href", "")
        assert not target.startswith("#") or target[1:] in ids
        if label := element.get("aria-labelledby"):
            assert label in ids
    assert found.of_class("skip")[0].get("href") == "#content"


def test_formulas_that_are_wider_than_a_phone_can_be_scrolled_by_key() -> None:
    wide = read("(a + b + c + k + m + u + v + w)/(1 + " + " + ".join(f"x_{k}" for k in range(7)) + ")")
    for block in (Display((((wide,), ()),)), Paragraph((Maths((wide,)),)), Boxed((wide,))):
        found = page(Paragraph(WORDS), block)
        (box,) = (e for e in found.root.iter() if e.get("aria-label") == "Scrolls sideways")
        assert box.get("tabindex") == "0"
    found = page(Paragraph(WORDS), Display((((read("x"),), ()),)))
    assert not [e for e in found.root.iter() if e.get("tabindex")]


def test_a_long_sum_breaks_between_its_parts_and_is_still_one_formula() -> None:
    term = read(" + ".join(f"a_{k}*exp(x_{k})" for k in range(8)) + " - Abs(x)")
    text = render_document(document(Paragraph(WORDS), Display((((term,), ()),))), Options())
    (formula,) = re.findall(r'<div class="formula"><div>(.*?)</div>', text)
    assert formula.count("<math ") == 9
    assert formula.count('form="infix"') == 8
    assert read_latex(latex_of(formula)).term == term


def test_words_are_escaped() -> None:
    derivation = replace(
        sigmoid().derivation, title='<script>alert("1")</script> & \u202e\x07', name="my_f", symbol=""
    )
    text = find_format("html").text(replace(sigmoid(), derivation=derivation), Options())
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text
    assert "\x07" not in text


def test_what_is_not_proved_is_said_in_words() -> None:
    subject = sigmoid()
    (main, *others) = subject.derivation.routes
    steps = (*main.steps[:-1], replace(main.steps[-1], verdict=UNDECIDED))
    changed = replace(subject.derivation, routes=(replace(main, steps=steps), *others))
    text = find_format("html").text(replace(subject, derivation=changed), Options())
    assert text.count("<strong>not decided</strong>") == 1
    assert "<strong>not decided</strong>" not in find_format("html").text(subject, Options())


def test_the_same_page_is_the_same_bytes() -> None:
    assert render_document(document(*EVERY), Options()) == render_document(document(*EVERY), Options())


def test_a_picture_is_named_and_harmless() -> None:
    found = str(embedded(Figure("a b", 'say "<x>"', (), SVG)))
    assert '<title id="figure-a-b-title">say &#34;&lt;x&gt;&#34;</title>' in found
    assert 'role="img" aria-labelledby="figure-a-b-title"' in found
    assert 'clip-path="url(#figure-a-b-c)"' in found
    assert 'href="#figure-a-b-p"' in found
    for gone in ("script", "alert", "onclick", "metadata", "xlink", "example.org", "<image", "unused"):
        assert gone not in found, gone


@pytest.mark.parametrize("svg", ["", "no picture", "<svg", '<!DOCTYPE s [<!ENTITY a "b">]><svg>&a;</svg>'])
def test_what_is_no_picture_is_refused(svg: str) -> None:
    with pytest.raises(TargetError):
        embedded(Figure("x", "", (), svg))


def test_code_is_marked_and_unchanged() -> None:
    code = 'def f(x):\n    """Say."""\n    return len(x) < 2  # <b>\n'
    shown = str(highlighted(code, "python"))
    assert re.sub(r"<[^>]+>", "", shown).replace("&lt;", "<").replace("&gt;", ">").replace(
        "&quot;", '"'
    ) == code.rstrip("\n")
    for kind, word in (("keyword", "def"), ("builtin", "len"), ("number", "2"), ("comment", "# &lt;b&gt;")):
        assert f'<span class="{kind}">{word}</span>' in shown
    assert str(highlighted("if ( <", "python")) == "if ( &lt;"
    assert str(highlighted("pip install <x>", "shell")) == "pip install &lt;x&gt;"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("sheets/sigmoid.html", "sheets/sigmoid.html"),
        ("#rule-1", "#rule-1"),
        ("JaVaScRiPt:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ('"><script>', "&#34;&gt;&lt;script&gt;"),
    ],
)
def test_addresses(url: str, kept: str) -> None:
    assert str(address(url)) == kept
