from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.derive.rules import rules
from symderiv.errors import TemplateError
from symderiv.notation.read.plain import read_plain
from symderiv.notation.term import equation, sym
from symderiv.sheet.document import Interval, Maths, Words
from symderiv.sheet.environment import builtin_templates
from symderiv.sheet.sentences import Sentences, load_sentences

SENTENCES = load_sentences()
LANGUAGES = sorted(path.name for path in (builtin_templates() / "sentences").iterdir())


def sentences(text: str) -> Sentences:
    return Sentences({"s": text}, {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", sorted({rule.id for rule in rules()}))
def test_every_rule_of_the_table_has_its_sentences(language: str, rule: str) -> None:
    said = load_sentences(language).rule(rule)
    assert rule in load_sentences(language).keys("rules")
    assert said.statement is not None


@pytest.mark.parametrize("rule", SENTENCES.keys("rules"))
def test_every_rule_says_something(rule: str) -> None:
    said = SENTENCES.rule(rule)
    assert said.name
    assert said.statement is not None or said.text


def test_a_rule_without_an_entry_is_named_by_its_id() -> None:
    said = SENTENCES.rule("never-heard-of")
    assert (said.name, said.statement, said.text) == ("never heard of", None, ())


def test_slots_in_words_and_in_formulas() -> None:
    said = sentences("At ${x} = 0$ it is **{word}**, `code`.").say("s", x=sym("t"), word="flat")
    assert said == (
        Words("At "),
        Maths((equation(sym("t"), read_plain("0")),)),
        Words(" it is "),
        Words("{word}", "strong"),
        Words(", "),
        Words("code", "code"),
        Words("."),
    )


def test_signs_between_formulas() -> None:
    reach = Interval(read_plain("0"), read_plain("1"))
    (maths,) = sentences("$f : {a} → {b}$").say("s", a=reach, b=reach)
    assert maths == Maths((sym("f"), ":", reach, "→", reach))


@pytest.mark.parametrize(
    ("text", "words"),
    [("{missing}", "no value for {missing}"), ("$1 +$", "formula '1 +'"), ("${w}$ + 1", "is not a formula")],
)
def test_a_broken_sentence_names_itself(text: str, words: str) -> None:
    with pytest.raises(TemplateError, match="s") as error:
        sentences(text).say("s", w="word")
    assert words in error.value.message


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "sentences" / "en" / "rules.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[a]\nname = ,", encoding="utf-8")
    with pytest.raises(TemplateError, match="line 2") as error:
        load_sentences("en", (tmp_path,))
    assert str(path) in error.value.message


def test_an_unknown_language() -> None:
    with pytest.raises(TemplateError, match="'xx'"):
        load_sentences("xx")
