"""The derivations of a page, read back from the text of each format: formulas as they are seen, as Terms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.term import Term
from tests.notation.mathml_reader import latex_of

_VOID = frozenset({"meta", "wbr", "input", "br", "hr", "img", "link"})
Chain = list[Term]


class Page(HTMLParser):
    """A web page as a tree. Every element must be closed by its own end."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = ElementTree.Element("page")
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = ElementTree.SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ElementTree.SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        here = self.open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data

    def of_class(self, name: str, within: ElementTree.Element | None = None) -> list[ElementTree.Element]:
        """Every element of a class, in the order of the page."""
        start = self.root if within is None else within
        return [one for one in start.iter() if name in one.get("class", "").split()]


def html_chains(text: str, context: Context) -> list[Chain]:
    """Each chain: its start and its lines; the steps within a line are left out."""
    page = Page(text)
    found = []
    for chain in page.of_class("chain"):
        if "inner" in chain.get("class", "").split():
            continue
        (start,) = (one for one in chain if one.get("class") == "start")
        (lines,) = (one for one in chain if one.tag == "ol")
        formulas = [page.of_class("formula", start)[0]]
        for line in lines:
            sign, formula = line[0], line[1]
            assert "".join(sign.itertext()) == "="
            assert formula.get("class") == "formula"
            formulas.append(formula)
        found.append([_seen(formula, context) for formula in formulas])
    return found


def html_steps(text: str, context: Context) -> list[Chain]:
    """The lines within each line that has smaller steps, in the order of the page."""
    page = Page(text)
    inner = [one for one in page.of_class("chain") if "inner" in one.get("class", "").split()]
    return [[_seen(line[1], context) for line in chain[0]] for chain in inner]


def _seen(formula: ElementTree.Element, context: Context) -> Term:
    maths = [one for one in formula.iter() if one.tag == "math"]
    latex = " ".join(latex_of(ElementTree.tostring(_bare(one), encoding="unicode")) for one in maths)
    return read_latex(_plain(latex), context).term


def _bare(element: ElementTree.Element) -> ElementTree.Element:
    element.tail = None
    return element


def _rows(body: str) -> Iterator[tuple[str, str]]:
    r"""(left, right) of each row of an aligned display, without what stands at the margin."""
    for row in re.split(r"\\\\\*?(?:\[\w+\])?\s", body + "\n"):
        formula = re.sub(r"\\tag\*?\{.*|&&.*", "", row.strip(), flags=re.DOTALL).strip()
        if formula:
            left, _, right = formula.partition("&")
            right = right.replace("<row>", "\\\\").replace("<column>", "&")
            yield left.strip(), right.strip()


def _chain(body: str, context: Context) -> Chain:
    """Rows that begin with a sign of equality are lines; the others go on."""
    lines: list[str] = []
    for left, right in _rows(_one_line(body)):
        goes_on = re.match(r"(\\quad\s*)?=", right) is None
        shown = re.sub(r"^(\\quad\s*)?=|^\\qquad", "", right).strip().removeprefix("{}")
        if left:
            lines.append(left)
        if goes_on and lines:
            lines[-1] += " " + shown
        else:
            lines.append(shown)
    return [read_latex(_plain(line), context).term for line in lines]


_CASES = re.compile(r"\\begin\{d?cases\}.*?\\end\{d?cases\}", re.DOTALL)


def _plain(latex: str) -> str:
    r"""Without what only a page needs: `\fit`, braces under parts, the spelling of GitHub."""
    latex = re.sub(r"\\fit\{[\d.]+\}", "", latex)
    latex = re.sub(r"\\mathop\{\\mathrm(\{[^{}]*\})\}\\nolimits", r"\\operatorname\1", latex)
    while (place := latex.find(r"\underbrace{")) >= 0:
        opening = place + len(r"\underbrace")
        body, after = _group(latex, opening)
        assert latex[after] == "_"
        label, end = _group(latex, after + 1)
        assert label
        latex = rf"{latex[:place]}\left({body}\right){latex[end:]}"
    return latex


def _group(latex: str, opening: int) -> tuple[str, int]:
    """What stands between braces, or the one letter, and the place behind it."""
    if latex[opening] != "{":
        return latex[opening], opening + 1
    depth = 0
    for place in range(opening, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[place], 0)
        if depth == 0:
            return latex[opening + 1 : place], place + 1
    raise AssertionError(latex)


def _one_line(body: str) -> str:
    """Cases on one row: their own rows and columns are not those of the display."""
    return _CASES.sub(
        lambda match: (
            match[0].replace("{dcases}", "{cases}").replace("\\\\", "<row>").replace("&", "<column>")
        ),
        body,
    )


def latex_chains(begin: str, end: str) -> Callable[[str, Context], list[Chain]]:
    """Readers of displays between two marks; those without a sign at the margin of a row are no chains."""
    pattern = re.compile(re.escape(begin) + r"(.*?)" + re.escape(end), re.DOTALL)

    def chains(text: str, context: Context) -> list[Chain]:
        bodies = (match[1] for match in pattern.finditer(text))
        return [_chain(body, context) for body in bodies if re.search(r"&(\\quad )?=", body)]

    return chains


tex_chains = latex_chains(r"\begin{align*}", r"\end{align*}")
markdown_chains = latex_chains("```math\n\\begin{aligned}", "\\end{aligned}\n```")
_dollar_chains = latex_chains("$$\n\\begin{aligned}", "\\end{aligned}\n$$")


def notebook_chains(text: str, context: Context) -> list[Chain]:
    """The chains of the Markdown cells."""
    cells = json.loads(text)["cells"]
    return [
        chain
        for cell in cells
        if cell["cell_type"] == "markdown"
        for chain in _dollar_chains("".join(cell["source"]), context)
    ]
