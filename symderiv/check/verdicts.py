"""`Verdicts`: what a claim is found to be in its surroundings: scope, prose, letters that nothing defines."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product

from flint import arb

from symderiv import limits
from symderiv.check.claims import Finding
from symderiv.check.desk import OutOfTimeError, Step
from symderiv.check.knowledge import Definition
from symderiv.check.literals import is_number, literal
from symderiv.check.looks import Looks
from symderiv.check.numbers import agrees, near, number, shown
from symderiv.check.report import Diagnosis, Line
from symderiv.check.slips import diagnose
from symderiv.check.slips.wrong import Wrong
from symderiv.errors import SymderivError
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain
from symderiv.prove.balls import value
from symderiv.prove.claim import Claim
from symderiv.prove.points import points

_SCOPES = 6


class Verdicts(Looks):
    """Judges claims."""

    __slots__ = ()

    def judged(self, step: Step, line: Line) -> Line:
        """The line with its verdict."""
        mixed = self.mixed(step, line)
        if mixed is not None:
            return mixed
        finding, note = self._best(step)
        if finding.status in {"refuted", "undecided"}:
            solved = self.solved(step, line)
            if solved is not None:
                return solved
        notes = (*line.notes, *finding.notes, *((note,) if note else ()))
        status = finding.status
        if status == "undecided" and step.place == 0:
            self._suppose(step, line.line)
        line = replace(
            line,
            verdict=status,
            how=finding.how,
            witness=None
            if finding.witness is None
            else {name: str(value) for name, value in finding.witness},
            values=finding.values,
            conditions=finding.conditions,
            notes=notes,
        )
        if status == "proved" and finding.conditions and not step.conditions:
            narrowed = self._narrowed(finding)
            line = replace(line, notes=(*line.notes, *narrowed))
        if status == "refuted":
            line = replace(line, diagnosis=self._diagnosis(step, finding))
        return self._followed(step, finding, line)

    def _suppose(self, step: Step, line: int) -> None:
        """Keep what a line claims for a letter with a formula, where that is left open."""
        head, body = step.left.term, step.right.term
        if not self._is_defined(head) or head.name in body.symbols() | body.functions():
            return
        parameters = tuple(arg.name for arg in head.args)
        section = step.statement.section
        self.knowledge.supposed[head.name] = Definition(
            head.name, body, parameters, line=line, section=section
        )

    def _is_claimed(self, head: Term) -> bool:
        """Whether a formula for this head may be a new definition of it."""
        return head.kind == "symbol" or (bool(head.args) and self._is_defined(head))

    def _is_defined(self, head: Term) -> bool:
        """A letter with a formula, or a function of letters with one."""
        letters = head.kind == "symbol" or (head.kind == "call" and not head.order)
        return letters and all(a.kind == "symbol" for a in head.args) and self.knowledge.defines(head.name)

    def _narrowed(self, finding: Finding) -> tuple[str, ...]:
        """A word where the right side has a value on a smaller part of the line than the left side."""
        a, b = self.judge.plain(finding.left), self.judge.plain(finding.right)
        claim = Claim(a, b)
        if claim.is_indexed():
            return ()
        outside = [
            point
            for point in islice(points(claim.names(), {}), 16)
            if value(a, point, digits=6) is not None and value(b, point, digits=6) is None
        ]
        if len(outside) < 3:  # a pole or a kink is no part of the line
            return ()
        where = ", ".join(f"{name} = {number_}" for name, number_ in sorted(outside[0].items()))
        return (f"domain: at {where} the left side has a value, the right side has none",)

    def _diagnosis(self, step: Step, finding: Finding) -> Diagnosis | None:
        try:
            a, b = self.knowledge.expand(step.left.term), self.knowledge.expand(step.right.term)
        except SymderivError:
            return None
        letters = tuple(sorted(a.free_symbols() | b.free_symbols() | finding.left.free_symbols()))
        self.clock(limits.STEP_SECONDS)

        def settle(candidate: Term) -> str:
            return self._settled(step, step.left.term, candidate).status

        conditions = (*step.conditions, *self.relevant(step, finding))
        figures = finding.witness == ()  # both sides had become numbers
        wrong = Wrong(step.left.term, step.right.term, a, b, self.judge, settle, figures, conditions, letters)
        try:
            return diagnose(wrong)
        except OutOfTimeError:
            self.clock(0.0)
            return None

    def misdefined(self, step: Step, line: Line) -> Line | None:
        """A definition of a function that the text calls by a name of the catalogue, with a slip in it.

        Letters are the author's own; but what is called the logistic function in the same sentence is
        that function, and where one slip explains the difference it is the slip that is reported.
        """
        head, known = step.left.term, self.knowledge.definitions.get(step.left.term.name)
        record = self.catalog.find(head.name) if head.kind == "call" and known is not None else None
        if known is None or record is None or known.body.free_symbols() - set(known.parameters):
            return None
        called = (record.name, *record.aliases, record.title)
        if not self.surroundings.speaks_of(step.statement.block, called):
            return None
        del self.knowledge.definitions[head.name]
        found = self.judged(step, replace(line, verdict="undecided", notes=line.notes[:-1]))
        if found.verdict == "refuted" and found.diagnosis is not None:
            return found
        self.knowledge.definitions[head.name] = known
        return None

    def _best(self, step: Step) -> tuple[Finding, str]:
        """The first reading that proves; refuted only if every reading is."""
        first = self._settled(step, step.left.term, step.right.term)
        if first.status == "proved" or not (step.left.others or step.right.others):
            return first, ""
        pairs = product((step.left.term, *step.left.others), (step.right.term, *step.right.others))
        outcomes = [first]
        for left, right in islice(pairs, 1, _SCOPES):
            other = self._settled(step, left, right)
            if other.status in {"proved", "rounded"} and first.status != "rounded":
                return other, f"scope: proved as {write_plain(left)} {step.relation} {write_plain(right)}"
            outcomes.append(other)
        if first.status == "refuted" and any(other.status == "undecided" for other in outcomes):
            return next(other for other in outcomes if other.status == "undecided"), ""
        return first, ""

    def _settled(self, step: Step, left: Term, right: Term) -> Finding:
        """The verdict on one reading; an equation for a letter that nothing defines stays open."""
        finding = self.judge.judge(left, right, step.conditions, about=step.relation == "≈")
        spoken = self.relevant(step, finding)
        if spoken and finding.status in {"refuted", "undecided"}:
            finding = self.restricted(finding, left, right, step, spoken)
        finding = self.with_later(finding, left, right, step) or finding
        if finding.status in {"refuted", "undecided"}:
            finding = self.with_supposed(left, right, step) or finding
        if finding.status != "refuted":
            return finding
        meant = self.variant(left, right, step) or self.adds_up(finding)
        if meant is not None:
            return meant
        if is_number(left) and is_number(right):
            return finding  # numbers on both sides: no sentence restricts them
        inline = not step.statement.display and not step.place
        if inline and self._is_claimed(step.left.term) and right != left:
            return _left_open(finding, "clash", f"clash: {step.left.term.name} has another definition")
        if not spoken and self.in_prose(step):
            return _left_open(finding, "context", "the sentence around it may restrict it")
        if self.is_open(step, finding) or self.unknown_function(finding):
            note = "holds for some values only: an equation, or a letter that is not defined"
            return replace(_left_open(finding, "equation", note), values=None)
        return finding

    def _followed(self, step: Step, finding: Finding, line: Line) -> Line:
        """What the step means for the rest: stated values, errors carried forward, the true value."""
        head = self.read(step.statement.sides[0]).term
        right = step.right.term
        true = self._true_value(head, finding)
        printed = literal(right)
        if true is not None:
            line = replace(line, value=shown(true, 8))
            line = self._uses_wrong(step, line)
            if printed is not None and line.verdict in {"proved", "rounded"} and not agrees(true, right):
                line = replace(
                    line, notes=(*line.notes, f"from unrounded values the whole is {shown(true, 8)}")
                )
        sound = line.verdict in {"proved", "rounded"} and self.wrong_before(step) is None
        if printed is not None and sound and true is not None:
            for key in dict.fromkeys((head, step.left.term)):
                if key.kind in {"symbol", "diff", "call"} and near(true, right):
                    self.knowledge.stated.setdefault(key, []).append(right)
        return line

    def wrong_before(self, step: Step) -> int | None:
        """The line of the first wrong step before this one in its chain."""
        return self.broken[1] if self.broken is not None and self.broken[0] is step.statement else None

    def _uses_wrong(self, step: Step, line: Line) -> Line:
        """A number that was wrong before and is used again: no new error."""
        right = step.right.term
        printed = literal(right)
        used = [node for node in right.walk() if node.kind == "number" and "." in node.name]
        known = self.knowledge.wrong
        found = next((known[value] for value in (abs(n.value()) for n in used) if value in known), None)
        if line.verdict == "refuted" and found is not None and (printed is None or len(used) > 1):
            note = f"carried forward: a number that was wrong on line {found}"
            line = replace(line, notes=(*line.notes, note), carried=found)
        if line.verdict == "refuted" and used:
            for node in used:
                known.setdefault(abs(node.value()), line.line)
        elif printed is not None and line.value is not None and used and not self._near_value(step, right):
            known.setdefault(abs(printed), line.line)
        return line

    def _near_value(self, step: Step, right: Term) -> bool:
        head = self.read(step.statement.sides[0]).term
        try:
            true = number(self.judge.plain(self.knowledge.with_values(self.knowledge.expand(head))))
        except SymderivError:
            return True
        return true is None or near(true, right)

    def _true_value(self, head: Term, finding: Finding) -> arb | None:
        if finding.value is None:
            return None
        try:
            term = self.knowledge.with_values(self.knowledge.expand(head))
        except SymderivError:
            return finding.value
        return number(self.judge.plain(term)) or finding.value


def _left_open(finding: Finding, how: str, note: str) -> Finding:
    """A refutation taken back, as the claim may be none."""
    return replace(finding, status="undecided", how=how, witness=None, notes=(*finding.notes, note))
