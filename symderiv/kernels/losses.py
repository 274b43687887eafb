"""`LossKernel`: a loss of a prediction and a target, brought back to functions of one variable.

f(x, t) may be φ(x - t), φ(t x), (1 - t) a(x) + t b(x), or t φ(x/t); which one holds is proved, and φ, a, b
are kernels like any other. Over a vector: a sum of such terms, or the cross entropy of softmax.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from symderiv.catalog import Catalog, Record
from symderiv.errors import UnsupportedError
from symderiv.kernels.kernel import FunctionKernel, Precision, check_name, function_kernel
from symderiv.meaning import read_assumptions
from symderiv.notation.term import ONE, ZERO, Term, add, call, div, mul, neg, num, sym
from symderiv.prove import Prover, Verdict

Shape = Literal["residual", "margin", "weighted", "mixture", "ratio", "softmax"]
_SOFTMAX = "-Sum({t}[{k}]*log_softmax({z})[{k}], {k}, 1, {n})"


@dataclass(frozen=True, slots=True)
class LossKernel:
    """A loss, the shape that is proved for it, and the kernels that it is made of.

    `summed` says that the terms are added along an axis.
    """

    name: str
    record: Record
    shape: Shape
    summed: bool
    parts: tuple[FunctionKernel, ...]
    verdict: Verdict

    @property
    def parameters(self) -> tuple[tuple[str, float], ...]:
        """The parameters beside the target, with their usual values."""
        return self.parts[0].parameters if self.parts else ()


def loss_kernel(
    record: Record,
    catalog: Catalog,
    values: Mapping[str, float] | None = None,
    precision: Precision = "exact",
) -> LossKernel:
    """The kernel of a record with a target. Raises `UnsupportedError` where no shape is proved."""
    check_name(record.name)
    refused: UnsupportedError | None = None
    prover = Prover(catalog, read_assumptions(dict(record.parameters)))
    for definition in (record.concrete, *record.equivalents):
        if not prover.prove(record.concrete, definition).is_proved:
            continue
        written = replace(record, definition=definition, constants=())
        try:
            shape, pieces, verdict = recognised(written, catalog)
            parts = tuple(
                function_kernel(_part(written, name, piece), record.variable, catalog, values, precision)
                for name, piece in pieces
            )
        except UnsupportedError as error:
            refused = refused or error
            continue
        return LossKernel(record.name, written, shape, record.is_total, parts, verdict)
    assert refused is not None
    raise refused


Pieces = tuple[tuple[str, Term], ...]


def recognised(record: Record, catalog: Catalog) -> tuple[Shape, Pieces, Verdict]:
    """The shape of a loss, the formulas it is made of, and the proof. Raises `UnsupportedError`."""
    if record.is_total:
        found = _cross_entropy_of_softmax(record, catalog)
        if found.is_proved:
            return "softmax", (), found
    term = _summand(record)
    assumed = {k: v for k, v in record.parameters if k != record.target}
    prover = Prover(catalog, read_assumptions(assumed))
    positive = Prover(catalog, read_assumptions({**assumed, record.target: "positive"}))
    for shape, pieces, whole in _shapes(term, sym(record.variable), sym(record.target)):
        verdict = (positive if shape == "ratio" else prover).prove(term, whole)
        if verdict.is_proved:
            return shape, pieces, verdict
    raise UnsupportedError(
        f"no kernel for the loss {record.name}",
        hint="a loss of x - t, of t*x or of x/t, or one that is linear in the target",
    )


def _shapes(term: Term, x: Term, t: Term) -> tuple[tuple[Shape, Pieces, Term], ...]:
    """(shape, its parts as formulas of x, the loss written with them), the ones that lose least first."""

    def at(point: Term, target: Term) -> Term:
        return _settled(term.substitute({x.name: point, t.name: target}))

    zero, one = at(x, ZERO), at(x, ONE)
    rest = add(ONE, neg(t))
    return (
        ("residual", (("of_residual", zero),), at(add(x, neg(t)), ZERO)),
        ("margin", (("of_margin", one),), at(mul(t, x), ONE)),
        ("weighted", (("per_weight", one),), mul(t, one)),
        ("mixture", (("for_0", zero), ("for_1", one)), add(mul(rest, zero), mul(t, one))),
        ("ratio", (("of_ratio", one),), mul(t, at(div(x, t), ONE))),
    )


def _part(record: Record, name: str, formula: Term) -> Record:
    """A function of one variable: the loss with its target put in."""
    left = formula.free_symbols()
    return replace(
        record,
        name=f"{record.name}_{name}",
        definition=formula,
        size="",
        target="",
        conditions=(),
        parameters=tuple((k, v) for k, v in record.parameters if k in left),
        defaults=tuple((k, v) for k, v in record.defaults if k in left),
        equivalents=(),
        aliases=(),
        symbol="",
        family="loss",
    )


def _settled(term: Term) -> Term:
    """Without products with 0 and 1, log 1 and log 1/u: what a target put in leaves behind."""
    from symderiv.derive.algebra import is_number, literal, tidy

    if not term.args:
        return term
    args = tuple(map(_settled, term.args))
    whole = tidy(term.with_args(*args))
    value = literal(whole) if whole.kind in ("add", "mul", "neg", "div") else None
    if value is not None:
        return num(value)
    if whole.kind == "mul" and any(is_number(arg, 0) for arg in whole.args):
        return ZERO
    if whole.kind == "neg" and is_number(whole.args[0], 0):
        return ZERO
    if whole.kind == "call" and whole.name == "log":
        inner = whole.args[0]
        if is_number(inner, 1):
            return ZERO
        if inner.kind == "div" and is_number(inner.args[0], 1):
            return neg(call("log", inner.args[1]))
    if whole.kind == "add":
        kept = [arg for arg in whole.args if not is_number(arg, 0)]
        return kept[0] if len(kept) == 1 else whole.with_args(*kept) if kept else ZERO
    return whole


def _summand(record: Record) -> Term:
    """The term of the sum with z for z[k] and t for t[k]; the formula itself for a loss of numbers."""
    if not record.is_total:
        return record.concrete
    outers: list[Term] = []
    body = record.concrete
    while body.kind in ("neg", "div") and (body.kind == "neg" or not body.args[1].free_symbols()):
        outers.append(body)
        body = body.args[0]
    if body.kind != "sum":
        raise UnsupportedError(f"no kernel for the loss {record.name}", hint="a sum over the entries")
    bound, names = body.args[1], (record.variable, record.target)

    def entry(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0].kind == "symbol" and node.args[1:] == (bound,):
            return node.args[0]
        return None

    term = body.args[0].rebuild(entry)
    loose = any(node.kind == "index" for node in term.walk()) or bound.name in term.free_symbols()
    if loose or not {*names} >= term.free_symbols() - {k for k, _ in record.parameters}:
        raise UnsupportedError(f"no kernel for the loss {record.name}", hint="a sum over the entries")
    for outer in reversed(outers):
        term = outer.with_args(term, *outer.args[1:])
    return term


def _cross_entropy_of_softmax(record: Record, catalog: Catalog) -> Verdict:
    """Is it the cross entropy of softmax?"""
    taken = {record.variable, record.size, record.target}
    bound = next(letter for letter in "kjlm" if letter not in taken)
    text = _SOFTMAX.format(z=record.variable, t=record.target, k=bound, n=record.size)
    return Prover(catalog).prove(record.concrete, catalog.read(text))
