"""PDF: by TeX or by Typst the same sheet, in the same bytes; what goes wrong is said, its page kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv import limits
from symderiv.errors import InputError, MissingExtraError, SymderivError, TypesetError
from symderiv.notation.read.plain import read_plain
from symderiv.sheet import typesetting
from symderiv.sheet.compose import compose
from symderiv.sheet.document import (
    Aligned,
    Boxed,
    Cite,
    Code,
    Display,
    Document,
    Entry,
    Facts,
    Figure,
    Items,
    Line,
    Link,
    Maths,
    Paragraph,
    Prose,
    Rules,
    Section,
    Table,
    Words,
)
from symderiv.sheet.escape import escape_typst
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.typesetting import find_engine, installed
from tests.sheet.conftest import sigmoid

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
PLAIN = Options(pictures=False)


def need(name: str) -> None:
    """Skip where an engine is missing, except in continuous integration."""
    try:
        find_engine(name)
    except MissingExtraError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(str(error))


def words(text: str) -> Prose:
    return (Words(text),)


def every_block() -> Document:
    """One block of each kind, with what is easily lost: braces, cases, marks, long formulas."""
    cite = Cite("chain-rule", "chain rule", 1)
    lost = Cite("lost", "a rule without an entry", 7)
    cases = read_plain("Piecewise((x/2, x > 0), (exp(x) - 1, True))")
    long = read_plain(" + ".join(f"exp(-x**{k})/(1 + exp(-{k}*x))" for k in range(1, 14)))
    part = read_plain("1/(1 + exp(-x)) - x")
    maths = (
        Maths((read_plain("sum_total"),)),
        Words(" and "),
        Maths((read_plain("x"), "∈", read_plain("S"))),
    )
    lines = (
        Line(part, cite, "proved", (((0,), read_plain("sigma")),)),
        Line(cases, lost, "undecided"),
        Line(long, cite),
    )
    blocks = (
        Paragraph((*maths, Link("https://example.org/a_b?c=%20#d", "a # link"), Words("x", "code"))),
        Facts(((words("label"), (Maths((cases,)),)), (words("other"), words("text " * 60)))),
        Display((((long,), words("margin")), ((cases,), ()))),
        Aligned(read_plain("D(f(x), x)"), lines),
        Boxed((long,), words("boxed")),
        Boxed((cases,), ()),
        Rules((Entry(cite, (read_plain("D(f(u), x)"),), words("said")), Entry(Cite("r", "no", 2), None, ()))),
        Table((words("a"), words("b")), ((words("1"), words("2 " * 90)), ((), words("3"))), "lr"),
        Items(((words("an item"), words("margin")), (words("long " * 40), words("at the end")))),
        Code('f("\\n")  # $x$ <a> `b` ä', "python", words("code:")),
        Figure("one", "a box", words("caption"), SVG),
    )
    sections = (
        Section("head", (), blocks[:2]),
        Section("s", words("Section"), blocks[2:5]),
        Section("t", words("Part"), blocks[5:], level=2),
    )
    return Document("page", words("Title: a_b #1"), words("sub"), sections, (("f", r"\hat{f}"),))


def text_of(pdf: bytes, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("engine", ["typst", "tex"])
def test_every_kind_of_block_is_set(engine: str, tmp_path: Path) -> None:
    need(engine)
    write = find_format("pdf").write
    assert write is not None
    made = write(every_block(), Options(engine=engine))
    assert isinstance(made, bytes)
    assert made.startswith(b"%PDF-")
    text = text_of(made, tmp_path)
    expected = [
        "Title: a_b #1",
        "a # link",
        "label",
        "margin",
        "chain rule [1]",
        "a rule without an entry [7]",
    ]
    expected += ["boxed", "said", "otherwise", "an item", "at the end", "code:", "# $x$ <a>", "Part"]
    assert [word for word in expected if word not in text] == []


@pytest.mark.parametrize("engine", ["typst", "tex"])
def test_the_same_sheet_gives_the_same_bytes(engine: str) -> None:
    need(engine)
    one, two = (find_format("pdf").render(sigmoid(), Options(engine=engine, pictures=False)) for _ in "12")
    assert one == two
    assert b"CreationDate" not in one  # type: ignore[operator]


def test_both_engines_say_the_same(tmp_path: Path) -> None:
    """Word by word: what one PDF says outside its formulas, the other says too."""
    need("tex")
    need("typst")
    found = []
    for engine in ("tex", "typst"):
        made = find_format("pdf").render(sigmoid(), Options(engine=engine, pictures=False))
        assert isinstance(made, bytes)
        said = re.sub(r"-\n\s*", "", text_of(made, tmp_path)).replace("\ufb01", "fi").replace("\ufb00", "ff")
        found.append(set(re.findall(r"[A-Za-z]{4,}", said)))
    assert found[0] == found[1]
    assert len(found[0]) > 50


@pytest.mark.parametrize("language", ["pt-BR", "zh_Hant", "de", "pseudolanguage", "x"])
def test_any_name_of_a_language_will_do(language: str) -> None:
    need("typst")
    write = find_format("pdf").write
    assert write is not None
    assert write(replace(every_block(), language=language), Options(engine="typst"))


HOSTILE = (
    '#read("/etc/passwd")',
    "$x$ *bold* _it_ `raw` <label> @ref",
    "= heading",
    "- item",
    "1. item",
    "/ term: x",
    "// comment",
    "/* comment */",
    "a -- b --- c ... d -? e",
    r"\u{41} \ \#",
    "https://example.org",
    "[content]{code}",
    'it\'s "quoted"',
    "~ tie",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_words_mean_nothing_to_typst(text: str, tmp_path: Path) -> None:
    need("typst")
    section = Section("s", words(text), (Paragraph(words(text)), Items(((words(text), words(text)),))))
    document = Document("page", words(text), words(text), (section,))
    made = find_format("pdf").write(document, Options(engine="typst"))  # type: ignore[misc]
    assert isinstance(made, bytes)
    said = re.sub(r"\s+", " ", text_of(made, tmp_path))
    plain = re.sub(r"\s+", " ", text).replace("'", "\u2019")
    assert said.count(plain) >= 4


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_any_words_compile(text: str) -> None:
    need("typst")
    import typst

    page = f"#set page(width: 9cm, height: auto)\n{escape_typst(text)}\n\n= {escape_typst(text)}\n"
    assert typst.compile(page.encode(), format="pdf", ignore_system_fonts=True)


def with_template(folder: Path, name: str, text: str) -> Options:
    path = folder / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Options(templates=(folder / "templates",), pictures=False)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(typesetting.tempfile, "tempdir", str(folder))
    return folder


BROKEN_TEX = r"""<% extends "builtin/tex/sheet.tex.j2" %>
<% block title %>
before
\nosuchcommand after
<% endblock %>"""


@pytest.mark.parametrize("engine", ["pdflatex", "latexmk"])
def test_a_tex_error_is_the_first_one_and_keeps_its_page(
    engine: str, tmp_path: Path, temporary: Path
) -> None:
    need(engine)
    options = with_template(tmp_path, "tex/sheet.tex.j2", BROKEN_TEX)
    with pytest.raises(TypesetError, match=r"Undefined control sequence.*nosuchcommand") as error:
        find_format("pdf").render(sigmoid(), replace(options, engine=engine))
    (kept,) = temporary.glob("*/sigmoid.tex")
    assert str(kept) in str(error.value.hint)
    line = re.search(r"sigmoid\.tex, line (\d+)", error.value.message)
    assert line is not None
    assert "nosuchcommand" in kept.read_text(encoding="utf-8").splitlines()[int(line[1]) - 1]


def test_a_package_that_is_not_there(tmp_path: Path, temporary: Path) -> None:
    need("pdflatex")
    options = with_template(
        tmp_path, "tex/sheet.tex.j2", "\\documentclass{article}\n\\usepackage{nosuchpkg}\n\\begin{document}\n"
    )
    with pytest.raises(TypesetError, match=r"line \d: LaTeX Error: File .nosuchpkg\.sty. not found"):
        find_format("pdf").render(sigmoid(), replace(options, engine="pdflatex"))


def test_a_typst_error_keeps_its_page(tmp_path: Path, temporary: Path) -> None:
    need("typst")
    options = with_template(tmp_path, "typst/sheet.typ.j2", "one\n#nosuchfunction(1)\n")
    with pytest.raises(
        TypesetError, match=r"sigmoid\.typ, line 2: unknown variable: nosuchfunction"
    ) as error:
        find_format("pdf").render(sigmoid(), replace(options, engine="typst"))
    (kept,) = temporary.glob("*/sigmoid.typ")
    assert str(kept) in str(error.value.hint)


def test_tex_that_never_ends_is_stopped(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need("latexmk")
    monkeypatch.setattr(limits, "TEX_SECONDS", 3.0)
    loop = "\\documentclass{article}\n\\begin{document}\\def\\a{\\a}\\a\\end{document}\n"
    options = with_template(tmp_path, "tex/sheet.tex.j2", loop)
    with pytest.raises(TypesetError, match="took more than 3 s"):
        find_format("pdf").render(sigmoid(), replace(options, engine="latexmk"))
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=False).stdout
    assert not [line for line in listed.splitlines() if "pdflatex" in line and "sigmoid.tex" in line]


def test_tex_runs_no_programs(tmp_path: Path, temporary: Path) -> None:
    need("pdflatex")
    target = tmp_path / "made"
    program = (
        rf"\documentclass{{article}}\begin{{document}}\immediate\write18{{touch {target}}}x\end{{document}}"
    )
    options = with_template(tmp_path, "tex/sheet.tex.j2", program)
    find_format("pdf").render(sigmoid(), replace(options, engine="pdflatex"))
    assert not target.exists()


def test_typst_reads_nothing_outside_its_folder(tmp_path: Path, temporary: Path) -> None:
    need("typst")
    (tmp_path / "secret").write_text("secret")
    options = with_template(tmp_path, "typst/sheet.typ.j2", '#read("/../secret")')
    with pytest.raises(TypesetError):
        find_format("pdf").render(sigmoid(), replace(options, engine="typst"))


def test_a_page_that_is_made_leaves_no_folder(temporary: Path) -> None:
    need("auto")
    find_format("pdf").render(sigmoid(), PLAIN)
    assert list(temporary.iterdir()) == []


def fake(folder: Path, *names: str) -> str:
    for name in names:
        path = folder / name
        path.write_text("#!/bin/sh\nexit 0\n")
        path.chmod(0o755)
    return str(folder)


def test_tex_comes_first_and_latexmk_needs_pdflatex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need("typst")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert [one.name for one in installed()] == ["typst"]
    assert find_engine().source == "typst"
    fake(tmp_path, "latexmk")
    assert find_engine().name == "typst"
    fake(tmp_path, "tectonic")
    assert find_engine().name == "tectonic"
    fake(tmp_path, "pdflatex")
    assert find_engine("tex").name == "pdflatex"
    assert [one.name for one in installed()] == ["pdflatex", "latexmk", "tectonic", "typst"]


def test_a_tex_that_makes_nothing_is_an_error(
    tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", fake(tmp_path, "pdflatex"))
    with pytest.raises(TypesetError, match=r"pdflatex made no PDF of sigmoid\.tex"):
        find_format("pdf").render(sigmoid(), PLAIN)


def test_what_is_missing_names_its_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(typesetting, "find_spec", lambda name: None)
    for wanted in ("auto", "typst", "tex", "tectonic"):
        with pytest.raises(MissingExtraError) as error:
            find_engine(wanted)
        assert "pip install 'symderiv[pdf]'" in str(error.value.hint)
    with pytest.raises(InputError, match="no PDF engine 'word'"):
        find_engine("word")
    require = find_format("pdf").require
    assert require is not None
    with pytest.raises(SymderivError):
        require(PLAIN)


def test_the_typst_sheet_speaks_of_everything() -> None:
    """Each rule that a line cites has its entry, and each entry its label."""
    text = find_format("typst").text(sigmoid(), PLAIN)
    cited = {int(number) for number in re.findall(r"#rule-cite\((\d+)\)", text)}
    entries = {int(number) for number in re.findall(r"#rule-entry\((\d+)\)", text)}
    assert cited == entries
    assert text.count("underbrace(") == sum(
        len(line.brace)
        for block in compose(sigmoid(), PLAIN).blocks()
        if isinstance(block, Aligned)
        for line in block.lines
    )
