"""`Introductions`: definitions, given values, and what else a step introduces instead of claiming it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv.check.desk import Desk, Step
from symderiv.check.knowledge import Definition, component
from symderiv.check.literals import is_number, literal
from symderiv.check.report import Line, Verdict
from symderiv.check.table import CONSTANTS
from symderiv.errors import SymderivError
from symderiv.notation import names
from symderiv.notation.term import Term, sym
from symderiv.notation.write.plain import write_plain

if TYPE_CHECKING:
    pass


_LATER = frozenset({"given", "definition"})
_LET = re.compile(
    r"\b(?:let|define|consider|redefine)\b(?: now| again| us| the function| also)*[\s$*_(\\]*\Z", re.I
)
_INDEX_LETTERS = frozenset("ijklmnpq")


class Introductions(Desk):
    """Takes what a document introduces."""

    __slots__ = ()

    def introduced(self, step: Step, line: Line, previous: Line | None) -> Line | None:
        """The line if the step introduces something: a definition, a value."""
        first = step.place == 0
        follows = previous is not None and previous.verdict in _LATER
        head = step.left.term
        if not first and not (follows and head.kind == "symbol"):
            return None
        match head.kind:
            case "symbol":
                return self._symbol(step, line, head)
            case "call":
                return self._function(step, line, head) if first else None
            case "index":
                return self._component(step, line, head) if first else None
            case "sum":
                return self._fact(step, line) if first else None
        return None

    def _renewed(self, name: str, step: Step) -> bool:
        """Whether the name was defined in an earlier section only, or the text says `let` anew."""
        known = self.knowledge.definitions.get(name)
        if known is None:
            return False
        return known.section < step.statement.section or (step.place == 0 and self._is_let(step))

    def _is_let(self, step: Step) -> bool:
        """Whether `let` or its like stands right before a formula within a sentence."""
        start = self.document.passages[self.block_of(step.statement, step.place)].start
        begins = step.statement.sides[0].start - start < 4
        return begins and bool(_LET.search(self.document.text[max(0, start - 60) : start]))

    def _symbol(self, step: Step, line: Line, head: Term) -> Line | None:
        name, body = head.name, step.right.term
        knowledge, section = self.knowledge, step.statement.section
        if (
            name in knowledge.function_letters
            and name not in self.context.symbols
            and name in self.context.functions
        ):
            return None
        if name.rpartition("_prime")[1] and not self._is_next_value(name, step):
            return None
        if {name, body.name} <= _INDEX_LETTERS and body.kind == "symbol":
            return replace(line, how="condition", notes=(*line.notes, "a relation of two indices"))
        if name in knowledge.givens:
            return self._given_again(step, line, name, body, section)
        if knowledge.defines(name) and not (self._renewed(name, step) and step.place == 0):
            return None
        if knowledge.defines(name) and is_number(body) and not self._is_new_value(name, body, section):
            return None
        if literal(body) is not None:
            return self._given(line, name, body, section)
        if step.place == 0 and self._reaches(body, name):
            return None
        if step.relation == "≈":
            return None
        knowledge.define(Definition(name, body, line=line.line, section=section))
        return replace(line, verdict="definition", how="definition")

    def _is_new_value(self, name: str, body: Term, section: int) -> bool:
        """A number for a letter that an earlier section defined: a claim only with values of this section."""
        if literal(body) is None:
            return False
        try:
            leaves = self.knowledge.expand(sym(name)).free_symbols()
        except SymderivError:
            return False
        if any(self.knowledge.given_sections.get(leaf) == section for leaf in sorted(leaves)):
            return False
        return self.judge.judge(sym(name), body).status not in {"proved", "rounded"}

    def _is_next_value(self, name: str, step: Step) -> bool:
        """w' = w - 0.1 g for a letter w without a formula: its next value, and no derivative."""
        base = name.rpartition("_prime")[0]
        known = base in self.knowledge.givens or base in self.knowledge.leaves()
        return known and not self.knowledge.defines(base) and base in step.right.term.free_symbols()

    def _given(self, line: Line, name: str, body: Term, section: int) -> Line:
        self.knowledge.renew(name)
        self.knowledge.definitions.pop(name, None)
        self.knowledge.givens[name] = body
        self.knowledge.given_sections[name] = section
        if name in CONSTANTS:
            line = replace(
                line, notes=(*line.notes, f"{name} is this letter here, and not {CONSTANTS[name]}")
            )
        return replace(line, verdict="given", how="given")

    def _given_again(self, step: Step, line: Line, name: str, body: Term, section: int) -> Line | None:
        old = self.knowledge.givens[name]
        if literal(body) is None:
            if self._reaches(body, name) or step.place != 0:
                return None
            expanded = self.knowledge.with_values(self.knowledge.expand(body))
            if is_number(body):
                same = self.judge.judge(old, body).status in {"proved", "rounded"}
                return (
                    replace(line, verdict="given", how="given")
                    if same
                    else self._clash(line, name, body, old)
                )
            if is_number(expanded):
                return None
            self.knowledge.givens.pop(name)
            self.knowledge.define(Definition(name, body, line=line.line, section=section))
            note = f"{name} had the value {write_plain(old)}"
            return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))
        if literal(body) == literal(old):
            return replace(line, verdict="given", how="given")
        if self.knowledge.given_sections.get(name, 0) < section:
            line = self._given(line, name, body, section)
            return replace(line, notes=(*line.notes, f"before this section {name} was {write_plain(old)}"))
        return self._clash(line, name, body, old)

    def _clash(self, line: Line, name: str, body: Term, old: Term) -> Line:
        """Two values for one letter: which of them is meant is not for us to say."""
        self.knowledge.renew(name)
        self.knowledge.givens[name] = body
        note = f"clash: {name} was {write_plain(old)} before"
        return replace(line, verdict="undecided", how="clash", notes=(*line.notes, note))

    def _reaches(self, body: Term, name: str) -> bool:
        return any(
            node.name == name or self.knowledge.depends(node.name, name)
            for node in body.walk()
            if node.kind in {"symbol", "call"}
        )

    def _function(self, step: Step, line: Line, head: Term) -> Line | None:
        """F(x) = ..., once for each section; a function with a name of its own is known already."""
        arguments = [arg.name for arg in head.args if arg.kind == "symbol"]
        if head.order or head.name in names.FUNCTIONS or len(set(arguments)) != len(head.args):
            return None
        knowledge, section = self.knowledge, step.statement.section
        if knowledge.defines(head.name) and not self._renewed(head.name, step):
            return None
        body = step.right.term
        if any(node.kind == "call" and node.name == head.name for node in body.walk()):
            return None
        record = self.catalog.find(head.name)
        known = knowledge.defines(head.name) or record is not None or step.relation == "≈"
        known = known or any(name in knowledge.givens for name in arguments)  # f(x_0) = 1 at a given place
        if known and is_number(body):
            return None  # a value, and no function
        if record is not None:
            return self._catalogued(step, line, head)
        knowledge.define(Definition(head.name, body, tuple(arguments), line=line.line, section=section))
        return replace(line, verdict="definition", how="definition")

    def _catalogued(self, step: Step, line: Line, head: Term) -> Line | None:
        """A function that the catalogue knows by this letter: the document may mean another."""
        finding = self.judge.judge(head, step.right.term, step.conditions)
        if finding.status == "proved":
            return replace(line, verdict="definition", how=finding.how, conditions=finding.conditions)
        letter = self.document.text[step.statement.sides[0].start :][:1] == "\\" and len(head.args) == 1
        generic = letter and not self.document.text[step.statement.sides[0].start :].startswith(
            ("\\op", "\\math", "\\text")
        )
        if not generic or finding.status != "refuted":
            return None
        arguments = tuple(arg.name for arg in head.args)
        body = step.right.term
        if head.name in {node.name for node in self.catalog.unfold(body).walk() if node.kind == "call"}:
            return None
        self.knowledge.define(
            Definition(head.name, body, arguments, line=line.line, section=step.statement.section)
        )
        note = f"definition: not the {head.name} of the catalogue"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))

    def _component(self, step: Step, line: Line, head: Term) -> Line | None:
        base, *indices = head.args
        single = component(head)
        if single:
            return self._entry(step, line, single)
        arguments = base.args if base.kind == "call" and not base.order else ()
        if base.kind not in {"symbol", "call"} or (base.kind == "call" and not arguments):
            return None
        if not all(part.kind == "symbol" for part in (*indices, *arguments)):
            return None
        if base.kind == "call" and (self.catalog.find(base.name) is not None or base.name in names.FUNCTIONS):
            return None
        if self.knowledge.defines(base.name) and not self._renewed(base.name, step):
            return None
        body = step.right.term
        if self._reaches(body, base.name):
            return None
        names_ = tuple(index.name for index in indices)
        self.knowledge.define(
            Definition(
                base.name,
                body,
                tuple(argument.name for argument in arguments),
                names_,
                line=line.line,
                section=step.statement.section,
            )
        )
        return replace(line, verdict="definition", how="definition")

    def _entry(self, step: Step, line: Line, name: str) -> Line | None:
        """A single entry, z_1 = 0."""
        section, body = step.statement.section, step.right.term
        if self.knowledge.defines(name) and not self._renewed(name, step):
            return None
        if (
            self.knowledge.defines(step.left.term.args[0].name)
            or step.relation == "≈"
            or name in body.symbols()
        ):
            return None
        self.knowledge.define(Definition(name, body, line=line.line, section=section))
        verdict: Verdict = "given" if literal(body) is not None else "definition"
        return replace(line, verdict=verdict, how=verdict)

    def _fact(self, step: Step, line: Line) -> Line | None:
        """A sum of free components that is given, such as sum y_i = 1."""
        total = step.left.term
        if literal(step.right.term) is None or self.knowledge.expand(total) != total:
            return None
        if total.args[0].kind != "index":
            return None
        self.knowledge.facts.append((total, step.right.term))
        return replace(line, verdict="given", how="given")

    def mixed(self, step: Step, line: Line) -> Line | None:
        """A letter that is a vector in one formula and a number in the other: another case of a definition.

        A number is no case of anything: with the given values it is a claim.
        """
        head, body = step.left.term, step.right.term
        definition = self.knowledge.definitions.get(head.name)
        if step.place or definition is None or head.kind not in {"symbol", "call"}:
            return None
        old = definition.body
        if not (_vectors(old) & _bare(body) | _vectors(body) & _bare(old)):
            return None
        if definition.parameters and tuple(arg.name for arg in head.args) != definition.parameters:
            return None
        self.knowledge.define(replace(definition, body=body, line=line.line))
        note = f"definition: another case than line {definition.line}, with numbers for vectors"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))

    def solved(self, step: Step, line: Line) -> Line | None:
        """f(u) = f(v) after a definition, where nothing defines the letter u: that is what u stands for."""
        if any(node.kind == "diff" or node.order for node in step.left.term.walk()):
            return None
        left, right = step.left.term, step.right.term
        definition = self.knowledge.definitions.get(left.name) if left.kind == "symbol" else None
        left = definition.body if definition is not None and not definition.parameters else left
        same = (
            left.kind == right.kind == "call"
            and left.name == right.name
            and len(left.args) == 1 == len(right.args)
        )
        if not same or left.order or right.order:
            return None
        inner, outer = left.args[0], right.args[0]
        if outer.kind in {"symbol", "number", "index"} or is_number(outer):
            return None
        base = inner.args[0] if inner.kind == "index" else inner
        indices = (
            tuple(index.name for index in inner.args[1:] if index.kind == "symbol")
            if inner.kind == "index"
            else ()
        )
        if base.kind != "symbol" or len(indices) != max(len(inner.args) - 1, 0):
            return None
        if (
            self.knowledge.defines(base.name)
            or base.name in self.knowledge.givens
            or self._reaches(outer, base.name)
        ):
            return None
        if any(self.knowledge.independent(base.name, name) for name in sorted(outer.free_symbols())):
            return None
        self.knowledge.define(
            Definition(base.name, outer, (), indices, line=line.line, section=step.statement.section)
        )
        note = f"read as the definition of {write_plain(inner)}"
        return replace(line, verdict="definition", how="definition", notes=(*line.notes, note))


def _bare(term: Term) -> frozenset[str]:
    """Letters that stand without an index."""
    if term.kind == "symbol":
        return frozenset({term.name})
    below = term.args[1:] if term.kind == "index" else term.args
    return frozenset().union(*map(_bare, below))


def _vectors(term: Term) -> frozenset[str]:
    return frozenset(node.args[0].name for node in term.walk() if node.kind == "index")
