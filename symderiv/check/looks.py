"""`Looks`: second looks at a claim: what the text around it says, what may have been meant, what is open."""

from __future__ import annotations

import re
from dataclasses import replace

from symderiv.check.claims import Finding
from symderiv.check.desk import Step
from symderiv.check.document import Document
from symderiv.check.introductions import Introductions
from symderiv.check.knowledge import Definition
from symderiv.check.literals import is_number, literal
from symderiv.check.table import DEFINES
from symderiv.notation import names
from symderiv.notation.term import Term, index, sym
from symderiv.notation.write.plain import write_plain

_AHEAD = 4
"""So many statements behind a claim may still say what its letters are."""
_WHERE = re.compile(r"\b(?:where|with|and)\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:at|if|when|where|whenever|for|near|on|only|convention|case|exactly)\b", re.IGNORECASE
)


class Looks(Introductions):
    """Looks at a claim in its surroundings."""

    __slots__ = ()

    def relevant(self, step: Step, finding: Finding) -> tuple[Term, ...]:
        """The conditions of the sentence that speak of letters of the claim."""
        letters = finding.left.symbols() | finding.right.symbols()
        return tuple(c for c in step.spoken if c not in step.conditions and c.symbols() <= letters)

    def restricted(
        self, finding: Finding, left: Term, right: Term, step: Step, spoken: tuple[Term, ...]
    ) -> Finding:
        """The verdict under the conditions of the sentence."""
        found = self.judge.judge(left, right, (*step.conditions, *spoken))
        if found.status not in {"proved", "rounded"}:
            return found if finding.status == "refuted" else finding
        words = tuple(write_plain(condition) for condition in spoken)
        conditions = tuple(dict.fromkeys((*found.conditions, *words)))
        return replace(found, conditions=conditions, notes=(*found.notes, "as the text around it says"))

    def with_later(self, finding: Finding, left: Term, right: Term, step: Step) -> Finding | None:
        """The verdict with letters that nothing has defined yet, but the next lines do: `where u = ...`."""
        if finding.status == "proved":
            return None
        letters = (left.free_symbols() | right.free_symbols()) - self.knowledge.value_names()
        wanted = {name for name in letters if self.knowledge.section_of(name) < step.statement.section}
        meanings = self._defined_below(step, wanted) if wanted else {}
        if not meanings:
            return None
        found = self._judged_with(meanings, left, right, step)
        if found.status not in {"proved", "rounded"} and not _is_said_behind(self.document, step):
            return None
        words = ", ".join(f"{name} = {write_plain(body)}" for name, body in sorted(meanings.items()))
        return replace(found, notes=(*found.notes, f"with what is defined below: {words}"))

    def _judged_with(self, meanings: dict[str, Term], left: Term, right: Term, step: Step) -> Finding:
        """The verdict with some letters put in; one that is differentiated by is taken as defined."""
        by = {node.args[1].name for side in (left, right) for node in side.walk() if node.kind == "diff"}
        if not by & meanings.keys():
            left, right = left.substitute(meanings), right.substitute(meanings)
            return self.judge.judge(left, right, step.conditions)
        known = dict(self.knowledge.definitions)
        section = step.statement.section
        for name, body in meanings.items():
            self.knowledge.definitions[name] = Definition(name, body, section=section)
        found = self.judge.judge(left, right, step.conditions)
        self.knowledge.definitions = known
        return found

    def with_supposed(self, left: Term, right: Term, step: Step) -> Finding | None:
        """The verdict if it holds with what a line before supposes for a defined letter."""
        spoken = sorted(left.symbols() | right.symbols() | left.functions() | right.functions())
        names_ = {s for s in self.knowledge.supposed if any(self.knowledge.depends(n, s) for n in spoken)}
        if left.kind in {"symbol", "call"} and not left.order and all(a.kind == "symbol" for a in left.args):
            names_ -= {left.name}  # a claim about the letter itself is none about what was supposed
        if not names_:
            return None
        values = {name: self.knowledge.supposed[name] for name in sorted(names_)}
        definitions, givens = dict(self.knowledge.definitions), dict(self.knowledge.givens)
        for name, value in values.items():
            if literal(value.body) is None:
                self.knowledge.definitions[name] = value
            else:
                self.knowledge.definitions.pop(name, None)
                self.knowledge.givens[name] = value.body
        found = self.judge.judge(left, right, step.conditions, about=step.relation == "≈")
        self.knowledge.definitions, self.knowledge.givens = definitions, givens
        if found.status not in {"proved", "rounded"}:
            return None
        words = ", ".join(f"{name} = {write_plain(value.body)}" for name, value in values.items())
        return replace(found, notes=(*found.notes, f"with what was supposed: {words}"))

    def _defined_below(self, step: Step, wanted: set[str]) -> dict[str, Term]:
        """What the next statements of the section define of these letters."""
        place = self.order.get(id(step.statement), len(self.found))
        meanings: dict[str, Term] = {}
        for statement in self.found[place + 1 : place + 1 + _AHEAD]:
            head, body = (self.read(side) for side in statement.sides[:2])
            name = head.term.name if head.term.kind == "symbol" else ""
            fits = statement.section == step.statement.section and statement.relations[0] in DEFINES
            if not fits or body.error is not None or name not in wanted:
                continue
            if name not in meanings and name not in body.term.symbols() and literal(body.term) is None:
                meanings[name] = body.term
        return meanings

    def variant(self, left: Term, right: Term, step: Step) -> Finding | None:
        r"""The claim with \phi read as the \varphi of the catalogue, where the document defines neither."""
        known = self.context.functions
        free = sorted(
            (left.functions() | right.functions()) - known.keys() - self.knowledge.definitions.keys()
        )
        meant = {name: known[f"var{name}"] for name in free if f"var{name}" in known}
        if not meant:
            return None

        def visit(node: Term) -> Term | None:
            if node.kind != "call" or node.name not in meant:
                return None
            return replace(node, name=meant[node.name], args=tuple(arg.rebuild(visit) for arg in node.args))

        found = self.judge.judge(left.rebuild(visit), right.rebuild(visit), step.conditions)
        words = ", ".join(f"{letter} is {name.replace('_', ' ')}" for letter, name in meant.items())
        return (
            replace(found, notes=(*found.notes, f"convention: {words}")) if found.status == "proved" else None
        )

    def adds_up(self, finding: Finding) -> Finding | None:
        """Whether the claim holds once the components of a free vector add up to 1, as labels do."""
        nodes = [node for side in (finding.left, finding.right) for node in side.walk()]
        sums = [node for node in nodes if node.kind == "sum"]
        by = {node.args[1].args[0].name for node in nodes if node.kind == "diff" and node.args[1].args}
        for total in sums:
            entries = [node for node in total.args[0].walk() if node.kind == "index" and len(node.args) == 2]
            letters = sorted(node.args[0].name for node in entries)
            for letter in dict.fromkeys(letters):
                if self.knowledge.defines(letter) or letter in by:
                    continue
                fresh = sym("m_")
                whole = total.with_args(index(sym(letter), fresh), fresh, *total.args[2:])
                sides = [_divided(side, letter, whole) for side in (finding.left, finding.right)]
                verdict = self.judge.prover().prove(*sides)
                if verdict.status != "proved":
                    continue
                ones = [fact for fact, value in self.knowledge.facts if literal(value) == 1]
                condition = f"the components of {letter} add up to 1"
                bare = replace(finding, witness=None, values=None)
                if any(letter in fact.symbols() for fact in ones):
                    return replace(bare, status="proved", how=verdict.how, conditions=(condition,))
                return replace(bare, status="undecided", how="condition", notes=(f"holds if {condition}",))
        return None

    def in_prose(self, step: Step) -> bool:
        """Whether a formula stands in a sentence with another one before it, such as `At $x = 0$`."""
        statement = step.statement
        if statement.display:
            return False
        passage = self.document.passages[self.block_of(statement, step.place)]
        before = self.document.text[max(0, passage.start - 600) : passage.start - 1]
        paragraph = before[before.rfind("\n\n") + 1 :]
        after = self.document.text[passage.end + 1 : passage.end + 120].partition(". ")[0]
        return "$" in paragraph and bool(_PLACE.search(paragraph[paragraph.rfind(". ") + 1 :] + after))

    def is_open(self, step: Step, finding: Finding) -> bool:
        """Whether the claim may be an equation for a letter that nothing defines."""
        left = step.left.term
        head = self.read(step.statement.sides[0]).term
        if self._is_of_unknown(head, finding):
            return True  # f' = f (1 - f) holds for some f, and nothing says which is meant
        if any(node.kind == "diff" or node.order for node in left.walk()):
            return self._unrelated(finding)
        if step.place and head.kind not in {"symbol", "index"}:
            return False
        a, b = finding.left.free_symbols(), finding.right.free_symbols()
        only_left, only_right = sorted(a - b), sorted(b - a)
        if is_number(finding.left) and is_number(finding.right):
            return False
        if not only_right or not only_left:
            return bool(only_left) and is_number(finding.right) and step.place == 0
        return not any(self.knowledge.side_by_side(u, v) for u in only_left for v in only_right)

    def _is_of_unknown(self, head: Term, finding: Finding) -> bool:
        """f(x), f'(x) or D(f(x), x) at the head of a claim that speaks of f, which has no formula."""
        inner = head.args[0] if head.kind == "diff" else head
        if inner.kind != "call" or any(arg.kind != "symbol" for arg in inner.args):
            return False
        known = self.catalog.callables() | frozenset(names.FUNCTIONS)
        spoken = finding.left.functions() | finding.right.functions()
        return inner.name in spoken - known and not self.knowledge.defines(inner.name)

    def unknown_function(self, finding: Finding) -> bool:
        """y' = g(y), where nothing says what g is."""
        known = self.catalog.callables() | frozenset(names.FUNCTIONS)
        a, b = finding.left.functions() - known, finding.right.functions() - known
        return bool(a ^ b)

    def _unrelated(self, finding: Finding) -> bool:
        """Whether the right side speaks of letters of the graph whose place in it is not known."""
        a, b = (self.judge.plain(side).free_symbols() for side in (finding.left, finding.right))
        strangers = sorted(b - a)
        if strangers and all(name[:1].isupper() and not self.knowledge.defines(name) for name in strangers):
            return not set(strangers) & self.knowledge.leaves()  # an abbreviation that the prose explains
        if not strangers or not a - b or not set(strangers) <= self.knowledge.leaves():
            return False
        return not any(self.knowledge.side_by_side(u, v) for u in sorted(a) for v in strangers)


def _is_said_behind(document: Document, step: Step) -> bool:
    """Whether the text goes on with `where` or `with` behind the formula."""
    passage = document.passages[step.statement.blocks[-1]]
    behind = document.text[passage.end : passage.end + 40].lstrip("$\\]) \t\n.,;")
    inside = document.text[step.statement.sides[-1].end : passage.end]
    return bool(_WHERE.match(behind) or _WHERE.search(inside))


def _divided(term: Term, letter: str, whole: Term) -> Term:
    """Every component of a vector divided by the sum of all, outside of what it is differentiated by."""

    def visit(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].name == letter:
            return Term("div", (node, whole))
        return None

    return term.rebuild(visit)
