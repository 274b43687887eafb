"""Another language is a folder: no English word of the sentences is left on a sheet in any format."""

from __future__ import annotations

import functools
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from symderiv import api
from symderiv.catalog import load
from symderiv.errors import TemplateError
from symderiv.sheet.entry import entry
from symderiv.sheet.environment import builtin_templates
from symderiv.sheet.formats import Options, find_format
from symderiv.sheet.gallery import index
from symderiv.sheet.sentences import load_sentences
from symderiv.sheet.subject import Subject
from tests.sheet.conftest import compile_tex

PIECE = re.compile(r"(\$[^$]*\$|`[^`]*`|\{[a-z_]+\})")
"""What a translator leaves alone: formulas, code, slots."""
WORD = re.compile(r"[A-Za-zäöü]{2,}")
LISTING = re.compile(r"\\begin\{listing\}.*?\\end\{listing\}", re.DOTALL)
COMPUTER = frozenset({"float", "numpy"})
"""Words that are names of programs on any page."""
ENGLISH = builtin_templates() / "sentences" / "en"


def translated(text: str) -> str:
    """Each word turned around, between marks that no English word has."""
    pieces = enumerate(PIECE.split(text))
    return "".join(p if k % 2 else re.sub(r"[A-Za-z]+", _turned, p) for k, p in pieces)


def _turned(word: re.Match[str]) -> str:
    return f"ü{word[0][::-1].lower()}q"


def written(data: Mapping[str, object], table: tuple[str, ...] = ()) -> str:
    """A file of sentences."""
    texts = {key: value for key, value in data.items() if not isinstance(value, dict)}
    found = f"[{'.'.join(table)}]\n" if table else ""
    for key, value in texts.items():
        is_formula = key == "statement" and "name" in texts  # what a rule states
        said = translated(value) if isinstance(value, str) and not is_formula else value
        found += f"{key} = {json.dumps(said, ensure_ascii=False)}\n"
    return found + "".join(
        written(value, (*table, key)) for key, value in data.items() if isinstance(value, dict)
    )


def words_of(data: Mapping[str, object]) -> Iterator[str]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from words_of(value)
        elif isinstance(value, str) and not (key == "statement" and "name" in data):
            outside = " ".join(piece for k, piece in enumerate(PIECE.split(value)) if k % 2 == 0)
            yield from (word.lower() for word in WORD.findall(outside))


@functools.cache
def english() -> frozenset[str]:
    """The words of the sentences, less those that the catalogue and the notation use themselves."""
    known = frozenset(
        word for path in ENGLISH.glob("*.toml") for word in words_of(tomllib.loads(path.read_text("utf-8")))
    )
    own: set[str] = set(COMPUTER)
    for record in load().records():
        texts = (record.name, record.title, record.symbol or "", *record.aliases, str(record.definition))
        own.update(WORD.findall(" ".join((*texts, *(one.text for one in record.references))).lower()))
    assert {"if", "otherwise", "rule", "proved", "derivative"} <= known - own
    return known - own


def told() -> dict[str, object]:
    """What the records of the catalogue say about their origins, where a translator puts it."""
    found = {
        record.name: {
            str(number): {"title": one.title, "text": one.text}
            for number, one in enumerate(record.origins, start=1)
        }
        for record in load().records()
        if record.origins
    }
    assert found
    return {"told": found}


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Options:
    folder = tmp_path_factory.mktemp("foreign")
    (folder / "sentences" / "xx").mkdir(parents=True)
    for path in ENGLISH.glob("*.toml"):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        text = written(data | told() if path.stem == "origins" else data)
        (folder / "sentences" / "xx" / path.name).write_text(text, encoding="utf-8")
    return Options(language="xx", templates=(folder,), pictures=False)


@functools.cache
def subject(name: str) -> Subject:
    return api.subject(name, catalog=load())


class _Visible(HTMLParser):
    """What a reader sees or hears of a web page, less its programs."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _HIDDEN
        self.texts += [value for key, value in attrs if key in {"alt", "aria-label", "title"} and value]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _HIDDEN

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


_HIDDEN = frozenset({"style", "annotation", "pre"})


def of_html(text: str) -> str:
    reader = _Visible()
    reader.feed(text)
    return " ".join(reader.texts)


def of_latex(text: str) -> str:
    r"""What stands in LaTeX beside its commands; the words of `\text{...}` stay."""
    plain = re.sub(r"\\(begin|end|ruleentry|rulecite|hypertarget|hyperlink)\s*\{\w+\*?\}", " ", text)
    return re.sub(r"\\[A-Za-z]+", " ", plain)


def of_markdown(text: str) -> str:
    return of_latex(re.sub(r"`[^`$]*`|```\w*|https?:\S+", " ", text))


READ = {
    "html": of_html,
    "tex": lambda text: of_latex(LISTING.sub(" ", text.split("\\begin{document}")[1])),
    "markdown": of_markdown,
}


@pytest.mark.parametrize("name", ["sigmoid", "selu", "softmax"])
@pytest.mark.parametrize("format_name", sorted(READ))
def test_no_english_word_is_left(name: str, format_name: str, foreign: Options) -> None:
    text = find_format(format_name).text(subject(name), foreign)
    left = {word for word in WORD.findall(READ[format_name](text)) if word.lower() in english()}
    assert not left
    assert len(re.findall(r"ü[a-z]+q", text)) > 50 or format_name == "tex"


def test_the_test_would_notice() -> None:
    """In English the same reading finds many."""
    for format_name, reading in READ.items():
        text = find_format(format_name).text(subject("selu"), Options(pictures=False))
        assert len({word for word in WORD.findall(reading(text)) if word.lower() in english()}) > 40


def test_the_index_is_in_that_language(foreign: Options) -> None:
    entries = [entry(subject(name), ("markdown",), foreign) for name in ("sigmoid", "softmax")]
    write = find_format("markdown").write
    assert write is not None
    text = write(index(entries, foreign), foreign)
    assert isinstance(text, str)
    shown = re.sub(r"\]\([^)]*\)", "]", of_markdown(text))
    assert not {word for word in WORD.findall(shown) if word.lower() in english()}


def test_it_can_be_printed(foreign: Options, tmp_path: Path) -> None:
    (tmp_path / "selu.tex").write_text(find_format("tex").text(subject("selu"), foreign), encoding="utf-8")
    log = compile_tex(tmp_path, "selu.tex", runs=1)
    assert "Missing character" not in log


def test_words_of_another_script_do_not_stop_tex(tmp_path: Path) -> None:
    folder = tmp_path / "sentences" / "en"
    folder.mkdir(parents=True)
    (folder / "sheet.toml").write_text('[formula]\notherwise = "иначе"\n', encoding="utf-8")
    options = Options(templates=(tmp_path,), pictures=False)
    assert "иначе" in find_format("html").text(subject("relu"), options)
    (tmp_path / "relu.tex").write_text(find_format("tex").text(subject("relu"), options), encoding="utf-8")
    compile_tex(tmp_path, "relu.tex", runs=1)


def test_a_language_that_is_not_there() -> None:
    with pytest.raises(TemplateError, match="no sentences in the language 'xx'"):
        find_format("markdown").render(subject("relu"), Options(language="xx"))


def own(folder: Path, text: str) -> Options:
    place = folder / "sentences" / "en"
    place.mkdir(parents=True)
    (place / "sheet.toml").write_text(text, encoding="utf-8")
    return Options(templates=(folder,), pictures=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[title]\nresult = "$1 +$"\n', r"sheet\.toml, line 2: sentence 'sheet.title.result': the formula"),
        (
            '# one\n\n[title]\na = "x"\nresult = "{nothing}"\n',
            r"sheet\.toml, line 5: .*no value for \{nothing\}",
        ),
        ("[title]\nresult = \n", r"sheet\.toml: .*line 2"),
        ('[title]\nresult = "\\q"\n', r"sheet\.toml: .*line 2"),
    ],
)
def test_a_broken_sentence_has_a_file_and_a_line(text: str, message: str, tmp_path: Path) -> None:
    options = own(tmp_path, text)
    for name in ("tex", "html", "markdown", "typst", "notebook"):
        with pytest.raises(TemplateError, match=message):
            find_format(name).render(subject("relu"), options)


def test_a_sentence_that_is_missing_says_where_it_was_looked_for(foreign: Options) -> None:
    sentences = load_sentences("xx", foreign.templates)
    with pytest.raises(TemplateError) as error:
        sentences.say("sheet.title.nothing")
    assert "sentences/xx/sheet.toml" in str(error.value.hint)
