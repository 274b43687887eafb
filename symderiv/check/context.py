r"""`Surroundings`: the conditions that the sentences around a formula put on it.

`For $x > 0$ we have $|x| = x$`, `$|x| = x$ if $x > 0$`, `Case $i \ne j$:`, `Assume $a > 0$.` A condition
before a formula holds to the end of its sentence, one behind a formula for that formula; what is assumed
holds to the end of the section, a case up to the next one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from symderiv.check.document import Document, Passage
from symderiv.errors import SymderivError
from symderiv.notation.read.latex import Context, read_latex
from symderiv.notation.term import ZERO, Term, relation, sym

_MASK = "\x01"
_MOST = 40
"""A sentence with more formulas than this is a list: no condition in it is understood."""
_LONGEST = 60
"""Letters of a condition."""
_ENDS = re.compile(
    rf"{_MASK} *\n(?=[ \t]*[*_]*[A-Z])|"
    r"(?<!\b[a-zA-Z]\.[a-zA-Z])[.!?](?=[\s*_)\\]|\Z)|\n[ \t]*\n|\n[ \t]*(?:[-*+]|\d+[.)])[ \t]|\\item\b|"
    r"\n(?=#)|(?m:^#+ [^\n]*$)|\\(?:sub)*section\*?\{[^{}\n]*\}"
)
_DELIMITERS = re.compile(r"(?:\$\$?|\\[\[(])(?=[\x01])|(?<=[\x01.])(?:\$\$?|\\[\])])")
_RESTRICTS = (
    r"(?:for|if|when|whenever|where|wherever|provided|at|on|with|"
    r"assum(?:e|es|ing)|suppos(?:e|ing)|let|given|case)"
)
_BEFORE = re.compile(rf"\b{_RESTRICTS}\b[^{_MASK}.;:]{{0,30}}\Z", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\A[\s,*_]*(?:but |only )?(?:for|if|when|whenever|where|provided|on)\b[^{_MASK}]{{0,25}}\Z", re.I
)
_JOINED = re.compile(r"\A[\s,]*(?:and|or)?[\s,]*\Z")
_LASTS = re.compile(r"\b(?:assum(?:e|es|ing)|suppos(?:e|ing)|let|throughout|always)\b", re.IGNORECASE)
_CASE = re.compile(r"\A[\s*_\d.)(\-]*(?:\w+ )?case\b", re.IGNORECASE)
_SIGNS = {"positive": ">", "negative": "<", "nonnegative": ">=", "non-negative": ">=", "nonzero": "!="}
_ADJECTIVE = re.compile(
    rf"\b({'|'.join(_SIGNS)}|non-zero)\s+(?:real\s+)?(?:values? of\s+|numbers?\s+|arguments?\s+)?(?={_MASK})|"
    rf"(?<={_MASK})\s+(?:is|are) (?:strictly )?({'|'.join(_SIGNS)}|non-zero)\b",
    re.IGNORECASE,
)
_EQUALS = re.compile(
    r"\A[\s,]*(?:which |that )?(?:is |are |was |be )?(?:equal to|equals|the same as|identical to|set to)\s+"
    r"(?:the\s+)?(?:[a-z]+\s+){0,2}\Z",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\b(?:otherwise|else|elsewhere)\b", re.IGNORECASE)
_OPPOSITE = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "=="}
_LETTER = re.compile(r"\\?[A-Za-z]+\Z")


@dataclass(slots=True)
class Surroundings:
    """The conditions for each passage of a document; found once for the whole document.

    `said` are equalities in words: the passage behind which they hold, a letter, a letter or a number.
    """

    document: Document
    context: Context
    _found: dict[int, tuple[Term, ...]] = field(default_factory=dict)
    _words: dict[int, str] = field(default_factory=dict)
    said: list[tuple[int, Term, Term]] = field(default_factory=list)

    def __post_init__(self) -> None:
        assumed: dict[int, list[Term]] = {}
        case: tuple[Term, ...] = ()
        section = 0
        for text, inside in self._sentences():
            if inside and self.document.passages[inside[0]].section != section:
                section, case = self.document.passages[inside[0]].section, ()
            for place in inside:
                self._words[place] = " ".join(text.replace(_MASK, " ").lower().split())
            self._equalities(text, inside)
            sentence = _Sentence(text, self.document, inside, self._condition)
            lasting = tuple(assumed.get(section, ()))
            if _CASE.match(text):
                case = tuple(sentence.all_conditions())
            for place in inside:
                if place not in sentence.terms:
                    self._found[place] = (*lasting, *case, *sentence.of(place))
            if _LASTS.search(text):
                assumed.setdefault(section, []).extend(sentence.lasting())

    def of(self, block: int) -> tuple[Term, ...]:
        """The conditions on a passage, the later ones of two for one letter."""
        latest = {condition.args[0]: condition for condition in self._found.get(block, ())}
        return tuple(latest.values())

    def _equalities(self, text: str, inside: list[int]) -> None:
        """`$a$, which is equal to the input $x$`: two formulas that words make equal, kept in `said`."""
        gaps = re.split(f"{_MASK}+", text)
        if len(gaps) != len(inside) + 1:
            return
        for k, place in enumerate(inside[:-1]):
            if _EQUALS.match(gaps[k + 1]):
                left, right = (self._letter(self.document.passages[n]) for n in (place, inside[k + 1]))
                if left is not None and right is not None and left.kind == "symbol":
                    self.said.append((inside[k + 1], left, right))

    def _letter(self, passage: Passage) -> Term | None:
        """An inline formula that is one letter or one number."""
        if passage.display:
            return None
        try:
            term = read_latex(
                self.document.text[passage.start : passage.end].strip(" .,;"), self.context
            ).term
        except SymderivError:
            return None
        return term if term.kind in {"symbol", "number"} else None

    def speaks_of(self, block: int, names: tuple[str, ...]) -> bool:
        """Whether the sentence around a passage uses one of the names."""
        words = self._words.get(block, "")
        return any(re.search(rf"\b{re.escape(name.replace('_', ' ').lower())}\b", words) for name in names)

    def _sentences(self) -> Iterator[tuple[str, list[int]]]:
        """Sentences, formulas masked, and the numbers of the passages in them."""
        text = self.document.text
        pieces, place = [], 0
        for passage in self.document.passages:
            pieces.append(text[place : passage.start])
            content = text[passage.start : passage.end]
            full = content.rstrip().endswith(".") and passage.display
            pieces.append(_MASK * max(len(content) - full, 0) + "." * full)
            place = passage.end
        masked = _DELIMITERS.sub(lambda m: " " * len(m.group()), "".join([*pieces, text[place:]]))
        start, number = 0, 0
        for end in [*(m.end() for m in _ENDS.finditer(masked)), len(masked)]:
            inside = []
            while number < len(self.document.passages) and self.document.passages[number].start < end:
                inside.append(number)
                number += 1
            yield masked[start:end], [n for n in inside if self.document.passages[n].start >= start]
            start = end

    def _condition(self, passage: Passage) -> Term | None:
        """An inline formula that may be a condition: a comparison, i = j, x = 0."""
        if passage.display:
            return None
        try:
            term = read_latex(
                self.document.text[passage.start : passage.end].strip(" .,;"), self.context
            ).term
        except SymderivError:
            return None
        if term.kind == "relation":
            return term
        simple = term.kind == "equation" and all(side.kind in {"symbol", "number"} for side in term.args)
        return relation("==", *term.args) if simple else None


@dataclass(slots=True)
class _Sentence:
    """One sentence: `terms` are its conditions by their passages."""

    text: str
    document: Document
    inside: list[int]
    read: Callable[[Passage], Term | None]
    terms: dict[int, Term] = field(default_factory=dict)
    behind: dict[int, int] = field(default_factory=dict)
    adjectives: list[Term] = field(default_factory=list)
    others: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        gaps = re.split(f"{_MASK}+", self.text)
        if len(gaps) != len(self.inside) + 1 or len(gaps) > _MOST:
            return
        for k, place in enumerate(self.inside):
            passage = self.document.passages[place]
            self._adjective(gaps[k], gaps[k + 1], passage)
            if _OTHERWISE.search(gaps[k]):
                self.others.add(place)
            term = self.read(passage)
            if term is None:
                continue
            joined = k > 0 and self.inside[k - 1] in self.terms and _JOINED.match(gaps[k])
            if _BEFORE.search(gaps[k]) or joined:
                self.terms[place] = term
                last = self.inside[k - 1] if k else place
                if k and last not in self.terms and _BEHIND.match(gaps[k]) and not self._is_set(last, term):
                    self.behind[place] = last
                elif joined and last in self.behind:
                    self.behind[place] = self.behind[last]

    def _is_set(self, place: int, term: Term) -> bool:
        """Whether a condition on the same letter stands before the formula: then this is the next one's."""
        return any(known.args[0] == term.args[0] for known in self.of(place))

    def _adjective(self, before: str, after: str, passage: Passage) -> None:
        letter = self.document.text[passage.start : passage.end].strip()
        match = _ADJECTIVE.search(f"{before}{_MASK}{after}")
        if match is None or not _LETTER.match(letter):
            return
        word = (match.group(1) or match.group(2)).lower()
        self.adjectives.append(relation(_SIGNS.get(word, "!="), sym(letter.lstrip("\\")), ZERO))

    def of(self, place: int) -> list[Term]:
        """The conditions on one formula of the sentence."""
        behind = [self.terms[k] for k, formula in self.behind.items() if formula == place]
        before = [term for k, term in self.terms.items() if k < place and k not in self.behind]
        turn = max((k for k in self.others if k <= place), default=-1)
        if turn >= 0:  # `otherwise` turns the one condition before it round
            first = [term for k, term in self.terms.items() if k < turn]
            later = [term for k, term in self.terms.items() if turn < k < place and k not in self.behind]
            single = len(first) == 1 and first[0].name in _OPPOSITE
            turned = [relation(_OPPOSITE[first[0].name], *first[0].args)] if single else []
            return [*self.adjectives, *turned, *later, *behind]
        return [*self.adjectives, *before, *behind]

    def all_conditions(self) -> list[Term]:
        """Every condition of the sentence."""
        return [*self.adjectives, *self.terms.values()]

    def lasting(self) -> list[Term]:
        """The conditions that are not those of one formula: what is assumed from here on."""
        return [
            *self.adjectives,
            *(t for k, t in self.terms.items() if k not in self.behind and t.name != "=="),
        ]
