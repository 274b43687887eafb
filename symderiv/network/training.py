"""`Training`: the forward pass, the δ and the gradients of a network as array expressions, for whole batches.

The loss is the mean over the batch, and so are the gradients. Derivatives of activations are those of the
kernels, which lose no digits where a*(1 - a) does; where a δ is shorter without the one before it, as in
p - y, that form is used, since it divides by nothing. Each line is proved equal to the backward pass.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from symderiv.derive.algebra import join_sum
from symderiv.derive.engine import expand
from symderiv.derive.vector_moves import expand_vector
from symderiv.errors import NetworkError, SymderivError
from symderiv.network.backward import Adjoint, contribution
from symderiv.network.local import Local, Locals
from symderiv.network.lowered import Lowering, Op, Variable
from symderiv.network.meaning import Meaning
from symderiv.network.model import entry
from symderiv.network.stable import Stable
from symderiv.network.worked import Worked
from symderiv.notation.term import ONE, Term, call, diff, sym
from symderiv.prove import Verdict

COUNT = "count"
_TAKEN = frozenset({"np", COUNT, "parameters", "data", "values", "Any", "Mapping", "annotations"})


@dataclass(frozen=True)
class Line:
    """text = op; `term` is the formula that it computes, `verdict` that it is the right one."""

    name: str
    text: str
    op: Op
    term: Term
    verdict: Verdict


@dataclass
class Training:
    """The lines of a training step, and the catalogue functions that they call."""

    worked: Worked
    variables: dict[str, Variable] = field(default_factory=dict)
    forward: list[Line] = field(default_factory=list)
    backward: list[Line] = field(default_factory=list)
    gradients: list[Line] = field(default_factory=list)
    called: set[str] = field(default_factory=set)

    def lines(self) -> list[Line]:
        """Every line."""
        return [*self.forward, *self.backward, *self.gradients]


def training(worked: Worked) -> Training:
    """The training step. Raises `NetworkError` where a formula has no array form."""
    if worked.network.functions:
        name = worked.network.functions[0]
        raise NetworkError(f"the function {name} is not defined: there is nothing to compute")
    if not worked.network.is_numeric:
        raise NetworkError("a network in symbols only has no sizes", hint="give numbers under [given]")
    return _Builder(worked).build()


class _Builder:
    def __init__(self, worked: Worked) -> None:
        self.worked, self.network = worked, worked.network
        self.meaning: Meaning = worked.meaning
        self.found = Training(worked)
        self.stable = Stable(self.meaning)
        self.locals = Locals(self.network, self.meaning)

    def build(self) -> Training:
        for name in self.network.given:
            batched = name not in self.network.parameters
            self.found.variables[name] = Variable(self._local(name), self._axes(name), batched)
        for node in self.network.nodes:
            body = self.stable.written(node.body)
            opened = sorted(node.body.free_symbols() - body.free_symbols())
            verdict = self.meaning.prove(node.body, body, opened)
            op = self._lowering(node.name).of_body(body)
            if len(op.axes) != len(node.indices):
                raise NetworkError(f"{node.whole} is the same for every index: it has no array form")
            self._put(self.found.forward, node.name, self._local(node.name), op, body, verdict)
        for adjoint in self.worked.backward.adjoints:
            self._adjoint(adjoint, self.found.backward)
        for gradient in self.worked.backward.gradients:
            self._adjoint(gradient.adjoint, self.found.gradients)
        self._prune()
        return self.found

    def _prune(self) -> None:
        """A δ that nothing uses, as that of p where p - y is taken, is not computed."""
        kept: list[Line] = []
        needed = {name for line in self.found.gradients for name in used(line.op)}
        for line in reversed(self.found.backward):
            if line.text in needed:
                kept.insert(0, line)
                needed |= used(line.op)
        self.found.backward = kept

    def _axes(self, name: str) -> int:
        return len(self.network.sizes.get(name, ()))

    def _local(self, name: str) -> str:
        """A name for the text: the network's own, unless Python or the module uses it."""
        taken = _TAKEN | set(self.network.catalog.callables()) | {"abs", "max", "min"}
        word = name
        while word in taken or keyword.iskeyword(word) or word.startswith("__"):
            word = f"{word}_"
        return word

    def _lowering(self, name: str) -> _Lowered:
        letters = self.network.letters_of(name)
        ranges = dict(zip(letters, self.network.shape(name), strict=True))
        return _Lowered(self, ranges)

    def _put(self, lines: list[Line], name: str, text: str, op: Op, term: Term, verdict: Verdict) -> None:
        lines.append(Line(name, text, op, term, verdict))
        self.found.variables.setdefault(name, Variable(text, self._axes(name), op.batched))

    # -- backwards -------------------------------------------------------------------------------------

    def _adjoint(self, adjoint: Adjoint, lines: list[Line]) -> None:
        parts = self._parts(adjoint)
        term = join_sum(*parts)
        names = tuple(dict.fromkeys(local.of for local in adjoint.locals))
        fused = _divides_less(adjoint)
        if fused is not None:
            parts, term = [fused], fused
            verdict = adjoint.full_verdict
            assert verdict is not None
        else:
            verdict = self.meaning.prove(term, adjoint.value, names)
        lowered = self._lowering(adjoint.name)
        batched = self.found.variables[adjoint.name].batched
        ops = [lowered.part(part, adjoint.name, batched=batched) for part in parts]
        op = lowered.total(ops)
        op = lowered.inner.like(op, adjoint.name)
        text = f"d_{self._local(adjoint.name)}"
        lines.append(Line(adjoint.name, text, op, term, verdict))
        self.found.variables[adjoint.symbol] = Variable(text, self._axes(adjoint.name), op.batched)

    def _parts(self, adjoint: Adjoint) -> list[Term]:
        """What each use adds to the derivative, activations by their derivatives f'."""
        known = self.worked.backward.by_name
        parts = []
        for local in adjoint.locals:
            delta = ONE
            if local.of != self.network.loss:
                delta = entry(known[local.of].symbol, tuple(map(sym, local.row)))
            sizes = self.network.sizes.get(local.of, ())
            bounds = [(sym(letter), size) for letter, size in zip(local.row, sizes, strict=True)]
            parts.append(contribution(delta, self._primed(local), bounds))
        return parts

    def _primed(self, local: Local) -> Term:
        """The local derivative with f'(u) for the derivatives of activations."""
        node = self.network.by_name[local.of]
        body = self.meaning.instance(node, tuple(map(sym, local.row)))
        start = diff(body, local.start.args[1])
        try:
            if not any(part.kind in ("index", "sum") for part in body.walk()):
                moves = expand(start, self._prime)
            else:
                moves = expand_vector(start, self._prime, self.locals.jacobian)
        except SymderivError:
            return local.value
        return moves[-1].after if moves else start

    def _prime(self, name: str) -> tuple[str, Term] | None:
        record = self.network.catalog.find(name)
        if record is None or record.size:
            return None
        return "x", call(record.name, sym("x"), order=1)


class _Lowered:
    """One equation being lowered."""

    def __init__(self, builder: _Builder, ranges: dict[str, int]) -> None:
        network = builder.network
        self.builder = builder
        self.axes = tuple(ranges)
        self.inner = Lowering(builder.found.variables, network.extent, network.catalog, ranges)

    def of_body(self, body: Term) -> Op:
        op = self._guarded(lambda: self.inner.of(body), body)
        self.builder.found.called |= self.inner.called
        return op

    def part(self, term: Term, name: str, *, batched: bool) -> Op:
        """One summand of a derivative; the mean over the batch where its target has none."""
        op = self.of_body(term)
        if batched or not op.batched:
            return op
        axes = tuple(axis for axis in self.axes if axis in op.axes)
        return self._guarded(lambda: self.inner.reduced(term, axes, COUNT), term)

    def total(self, ops: Sequence[Op]) -> Op:
        found = ops[0]
        for op in ops[1:]:
            found = self.inner.pair("add", found, op)
        return found

    def _guarded(self, work: Callable[[], Op], term: Term) -> Op:
        try:
            return work()
        except SymderivError as error:
            raise NetworkError(f"{term}: {error.message}", hint=error.hint) from error


def used(op: Op) -> set[str]:
    """The arrays that an expression uses."""
    own = {op.text} if op.kind == "name" else set()
    return own.union(*map(used, op.args)) if op.args else own


def _divides_less(adjoint: Adjoint) -> Term | None:
    """The form without other δ where it was shortened and divides by nothing."""
    if adjoint.full_verdict is None or adjoint.full is None:
        return None
    return None if any(node.kind == "div" for node in adjoint.full.walk()) else adjoint.full
