"""`Parser`: recursive descent over LaTeX tokens: lines, sums, products, factors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from symderiv.errors import LimitError, ReadError, Span
from symderiv.notation.read import atoms, values
from symderiv.notation.read.commands import DOTS, RELATIONS, UNREADABLE
from symderiv.notation.read.families import defined_function, defined_symbol, families
from symderiv.notation.read.tokens import Token
from symderiv.notation.term import Term, add, call, div, mul, neg

if TYPE_CHECKING:
    from symderiv.notation.read.latex import Context

_DEEPEST = 80
_DOUBLE_BARS = frozenset({"\\|", "\\Vert"})
_PUNCTUATION = frozenset(".,;")
_Result = TypeVar("_Result")


class Parser:
    """One pass over the tokens of a line.

    Where the notation leaves two readings, `choose` takes the first (or what `decisions` says) and
    records how many there were in `choices`, so that the caller can come back for the others.
    """

    def __init__(
        self, text: str, tokens: list[Token], context: Context, decisions: tuple[int, ...] = ()
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.context = context
        self.decisions = decisions
        self.choices: list[int] = []
        self.notes: list[str] = []
        self.position = 0
        self.stop = len(tokens)
        self.depth = 0
        self.bars = 0
        self.fonts: dict[str, str] = {}
        found = families(tokens)
        self.bound = found.bound
        self.indexed = context.indexed | found.indexed
        self.marked = found.marked
        self.applied = defined_function(tokens)
        self.symbols = context.symbols | {defined_symbol(tokens)}

    # Moving over the tokens

    def peek(self, ahead: int = 0) -> Token | None:
        """The token `ahead` places on, or None behind the end."""
        place = self.position + ahead
        return self.tokens[place] if place < self.stop else None

    def next(self) -> Token:
        """The next token, consumed."""
        token = self.peek()
        if token is None:
            raise self.ends_early()
        self.position += 1
        return token

    def at(self, *texts: str) -> bool:
        """Whether the next token is one of these signs or commands."""
        token = self.peek()
        return token is not None and token.kind in {"sign", "command"} and token.text in texts

    def take(self, *texts: str) -> bool:
        """Consume the next token when it is one of these."""
        found = self.at(*texts)
        self.position += found
        return found

    def within(self, start: int, stop: int, read: Callable[[], _Result]) -> _Result:
        """Read the tokens from `start` to `stop`, all of them, and come back."""
        saved = self.position, self.stop, self.bars
        self.position, self.stop, self.bars = start, stop, 0
        result = read()
        if self.position != self.stop:
            raise self.unexpected(self.tokens[self.position])
        self.position, self.stop, self.bars = saved
        return result

    def nested(self, read: Callable[[], _Result]) -> _Result:
        """Read one level deeper."""
        self.depth += 1
        if self.depth > _DEEPEST:
            token = self.peek() or self.tokens[-1]
            raise LimitError(
                f"nested more than {_DEEPEST} deep", hint="name the inner parts", span=token.span
            )
        bars, self.bars = self.bars, 0
        result = read()
        self.bars = bars
        self.depth -= 1
        return result

    def group(self) -> tuple[int, int]:
        """Skip a {group}; where its content starts and stops."""
        start, level = self.position + 1, 0
        opening = self.tokens[self.position]
        while (token := self.peek()) is not None:
            self.position += 1
            level += (token.kind == "open") - (token.kind == "close")
            if level == 0:
                return start, self.position - 1
        raise ReadError("this '{' is never closed", hint="add the missing '}'", span=opening.span)

    # Errors, notes, choices

    def ends_early(self) -> ReadError:
        """Something is missing at the end."""
        end = self.tokens[self.stop - 1].span[1] if self.stop else 0
        return ReadError("the formula ends too early", span=(end, end + 1))

    def unexpected(self, token: Token, hint: str | None = None) -> ReadError:
        """A token that cannot stand where it stands."""
        shown = self.text[slice(*token.span)][:24]
        known = UNREADABLE.get(token.text) if token.kind == "command" else None
        return ReadError(f"{shown!r} is not expected here", hint=hint or known, span=token.span)

    def note(self, text: str) -> None:
        """Say how something was read."""
        self.notes.append(text)

    def choose(self, note: str, count: int = 2) -> int:
        """Which of `count` readings to take; the first unless the caller decided otherwise."""
        place = len(self.choices)
        self.choices.append(count)
        self.note(note)
        return self.decisions[place] if place < len(self.decisions) else 0

    def source(self, start: int, stop: int) -> str:
        """The text of the tokens from `start` to `stop`."""
        if start >= stop:
            return ""
        return self.text[self.tokens[start].span[0] : self.tokens[stop - 1].span[1]]

    def span(self, start: int) -> Span:
        """From the token at `start` to the last one consumed."""
        return self.tokens[start].span[0], self.tokens[max(start, self.position - 1)].span[1]

    # The grammar

    def line(self) -> tuple[tuple[Term, ...], tuple[str, ...]]:
        """Sides and the relations between them; trailing punctuation belongs to the sentence."""
        while self.stop and self._is_padding(self.tokens[self.stop - 1]):
            self.stop -= 1
        if (
            self.stop + 1 < len(self.tokens)
            and self.tokens[self.stop].text == self.tokens[self.stop + 1].text == "."
        ):
            raise self.unexpected(self.tokens[self.stop], "digits left out are not read")
        if not self.stop:
            raise ReadError("the formula is empty")
        self.take("&")
        sides, relations = [self.sum()], []
        while self.position < self.stop:
            relations.append(self._relation())
            sides.append(self.sum())
        return tuple(sides), tuple(relations)

    @staticmethod
    def _is_padding(token: Token) -> bool:
        return token.kind == "newline" or (token.kind == "sign" and token.text in _PUNCTUATION)

    def _relation(self) -> str:
        self.take("&")
        token = self.next()
        if token.text == ":" and self.at("="):
            self.next()
            name = "="
        elif token.kind in {"sign", "command"} and token.text in RELATIONS:
            name = RELATIONS[token.text]
        else:
            raise self.unexpected(token, self._missing_bracket(token))
        self.take("&")
        return name

    @staticmethod
    def _missing_bracket(token: Token) -> str | None:
        if token.kind in {"close", "right"} or token.text in {")", "]"}:
            return "nothing opens it"
        if token.text == "|":
            return "an absolute value is \\lvert x \\rvert or |x|, a value at a point f(x) |_{x=0}"
        return None

    def sum(self) -> Term:
        """A + b - c."""
        start = self.position
        terms = [self._signed()]
        while True:
            after = self.peek(1)
            if self.at("&") and after is not None and after.text in {"+", "-"}:
                self.next()  # an alignment mark before a sign
            if not self.at("+", "-"):
                break
            begin = self.position
            terms.append(self._signed())
            self._check_value(terms, begin)
        return terms[0] if len(terms) == 1 else add(*terms).at(self.span(start))

    def _check_value(self, terms: list[Term], begin: int) -> None:
        """A bar behind the last summand: does it take the value of that one, or of all of them?"""
        last = terms[-1].args[0] if terms[-1].kind == "neg" else terms[-1]
        if last.kind != "at" or self.tokens[self.position - 1].kind == "right":
            return
        if self.tokens[begin].text == "\\left" or self._is_delimited(begin):
            return
        letter = last.args[1].name
        if any(letter in term.free_symbols() for term in terms[:-1]):
            raise ReadError(
                "the value of the last summand, or of all of them?",
                hint="write \\left. ... \\right|_{x=0}",
                span=self.span(begin),
            )

    def _is_delimited(self, begin: int) -> bool:
        return any(t.kind == "left" and t.text == "." for t in self.tokens[begin : self.position])

    def _signed(self) -> Term:
        start, minus = self.position, 0
        while self.at("+", "-"):
            minus += self.next().text == "-"
        if self.position - start - minus > 1:
            raise ReadError("two plus signs in a row", span=self.span(start))
        if minus > 2:
            raise ReadError("more than two signs in a row", span=self.span(start))
        term = self.product()
        for _ in range(minus):
            term = neg(term).at(self.span(start))
        return term

    def product(self, first: Term | None = None) -> Term:
        """A product, dotted or side by side, with slashes; `first` has been read already."""
        start = self.position if first is None else max(self.position - 1, 0)
        place = self.position
        result = self.factor() if first is None else first
        run = [result]
        while True:
            if values.bar_follows(self):
                result = self._valued(run, result, start)
                run = [result]
            elif self.at("/", "\\div"):
                result = self._slash(result)
                run = [result]
            elif self.take("\\odot"):
                result = call("hadamard", result, self.factor()).at(self.span(start))
                run = [result]
            elif self.at(*DOTS):
                sign, left, before = self.next(), run[-1], place
                place = self.position
                run.append(self._dotted())
                if self._is_vector(before, left) and self._is_vector(place, run[-1]):
                    run[-2:] = [self._dot(sign, left, run[-1])]
                result = (mul(*run) if len(run) > 1 else run[0]).at(self.span(start))
            elif self.starts_factor():
                place = self.position
                result = self._beside_run(run).at(self.span(start))
            else:
                return result

    def _valued(self, run: list[Term], whole: Term, start: int) -> Term:
        """The value at a point of the whole product; or of its last factor, where that may be meant."""
        found = values.points(self, run[-1])
        letters = {letter.name for letter, _ in found if letter is not None}
        shared = any(letters & factor.free_symbols() for factor in run[:-1])
        shown = self.source(start, self.position)
        if shared and self.choose(f"scope: {shown} is the value of the product, or of its last factor"):
            return mul(*run[:-1], values.at(self, run[-1], found, start))
        if any(letter is None for letter, _ in found) and len(run) > 1:
            return mul(*run[:-1], values.at(self, run[-1], found, start))
        return values.at(self, whole, found, start)

    def _is_vector(self, place: int, value: Term) -> bool:
        """Whether one lowercase bold letter, or one with an arrow, stands there."""
        token = self.tokens[place]
        letter = self.tokens[
            min(place + 1 + (self.tokens[min(place + 1, self.stop - 1)].kind == "open"), self.stop - 1)
        ]
        bold = token.kind == "name" and token.font == "bf"
        arrow = token.text == "\\vec"
        named = token if bold else letter
        return (bold or arrow) and value.kind == "symbol" and named.text[:1].islower()

    def _dot(self, sign: Token, left: Term, right: Term) -> Term:
        if sign.text == "\\times":
            raise ReadError("a cross product is not read", span=sign.span)
        return call("inner", left, right)

    def _beside_run(self, run: list[Term]) -> Term:
        """One more factor side by side; a number before a fraction of numbers may be a mixed number."""
        left, start = run[-1], self.position
        right = self.beside()
        if left.kind == "number" and right.kind == "div" and all(arg.kind == "number" for arg in right.args):
            shown = f"{left.name}{self.source(start, self.position)}"
            if self.choose(f"scope: {shown} is a product, or a mixed number"):
                run[-1] = add(left, right)
                return run[0] if len(run) == 1 else mul(*run)
        run.append(right)
        return mul(*run)

    def _dotted(self) -> Term:
        if self.take("-"):
            return neg(self.factor())
        return self.factor()

    def beside(self) -> Term:
        """A factor that follows without a sign of a product."""
        token = self.peek()
        if token is not None and token.kind == "number":
            raise self.unexpected(token, f"write \\cdot {token.text}, or braces around a script")
        return self.factor()

    def _slash(self, above: Term) -> Term:
        start = self.position
        self.next()
        below = self.factor()
        if self.starts_factor():
            written = f"'/{self.source(start + 1, self.position)}' followed by a factor"
            if self.choose(f"scope: {written} divides by the first factor only, or by all of them"):
                parts = [below]
                while self.starts_factor():
                    parts.append(self.beside())
                below = mul(*parts)
        return div(above, below)

    def starts_factor(self) -> bool:
        """Whether a factor begins at the next token."""
        token = self.peek()
        if token is None:
            return False
        if token.kind in {"name", "number", "open", "left", "begin"}:
            return True
        if values.bar_follows(self):
            return False
        if token.kind == "sign":
            return token.text in "([" or (token.text == "|" and self.bars != 1)
        if token.text in _DOUBLE_BARS and self.bars == 2:
            return False
        return token.kind == "command" and atoms.starts(token.text)

    def factor(self) -> Term:
        """An atom with its powers and indices."""
        return self.nested(lambda: atoms.atom(self))
