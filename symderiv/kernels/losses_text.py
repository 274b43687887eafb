"""A loss as lines of an exported module, and as data from which it is proved again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symderiv.catalog import Catalog, Record
from symderiv.errors import ReadError
from symderiv.kernels.kernel import FunctionKernel, Precision, check_name
from symderiv.kernels.live_losses import COMBINE
from symderiv.kernels.losses import LossKernel, recognised
from symderiv.notation.term import Term
from symderiv.prove import Prover


def loss_facts(loss: LossKernel) -> dict[str, Any]:
    """What the module says of a loss."""
    record = loss.record
    return {
        "definition": str(record.concrete),
        "letters": [record.variable, record.target, record.size],
        "assumptions": dict(record.parameters),
        "conditions": [_condition(one) for one in record.conditions],
        "shape": loss.shape,
        "parts": [part.name for part in loss.parts],
    }


def _condition(term: Term) -> str:
    """As it is read again."""
    if term.kind == "equation":
        return f"{term.args[0]} = {term.args[1]}"
    return str(term)


def loss_text(loss: LossKernel, precision: Precision, remarks: Mapping[str, str]) -> dict[str, Any]:
    """The name and the lines of its functions."""
    return {"name": loss.name, "lines": tuple(_lines(loss, precision == "exact", remarks))}


def _lines(loss: LossKernel, exact: bool, remarks: Mapping[str, str]) -> Iterator[str]:
    yield from _parts(loss)
    x, t, name = loss.record.variable, loss.record.target, loss.name
    keywords = [f"{key}: float = {value!r}" for key, value in loss.parameters]
    tail = ["axis: int = -1"] if loss.summed else ["out: Any = None"]
    tail += ["*", *keywords] if keywords else []
    parts = f"_{name}_parts({', '.join(f'{key}={key}' for key, _ in loss.parameters)})"
    combine, result = COMBINE.get(loss.shape, ""), "None" if loss.summed else "out"
    given = f"{x}, {t}"
    if loss.shape == "softmax":
        value, slope = (f"_rowwise({given}, axis, {of}, {exact})" for of in (False, True))
        product = f"_spread(g, {given}, axis) * {name}_grad({given}, axis)"
    else:
        each = f"_each({combine}, {parts}, {{}}, {given}, {result}, {{}}, {exact})"
        value, slope = each.format("None", False), each.format("None", True)
        product = each.format(f"_spread(g, {given}, axis)" if loss.summed else "g", True)
    if loss.summed and loss.shape != "softmax":
        value = f"_summed({combine}, {parts}, {given}, axis, {exact})"
    functions: tuple[tuple[str, list[str], str, str], ...] = (
        (name, [], remarks.get(name, f"{loss.record.concrete}."), value),
        (f"{name}_grad", [], remarks.get(f"{name}_grad", f"The derivative by {x}."), slope),
        (f"{name}_vjp", ["g: Any"], f"The gradient by {x} from the gradient g by the loss.", product),
    )
    for place, (called, first, doc, answer) in enumerate(functions):
        if place:
            yield from ("", "")
        yield f"def {called}({', '.join([*first, f'{x}: Any', f'{t}: Any', *tail])}) -> Any:"
        yield f'    """{doc}"""'
        yield f"    return {answer}"


def _parts(loss: LossKernel) -> Iterator[str]:
    """The function that gives the parts (f, f') of a loss, for values of its parameters."""
    if not loss.parts:
        return
    keywords = [f"{key}: float = {value!r}" for key, value in loss.parameters]
    yield f"def _{loss.name}_parts({', '.join(['*', *keywords] if keywords else [])}) -> Sequence[_Part]:"
    for part in loss.parts:
        call = f"u{''.join(f', {key}={key}' for key, _ in part.parameters)}"
        for suffix, function in (("at", part.name), ("slope", f"{part.name}_grad")):
            yield f"    def {part.name}_{suffix}(u: _Array) -> _Array:"
            yield f"        return {function}({call})"
            yield ""
    pairs = ", ".join(f"({part.name}_at, {part.name}_slope)" for part in loss.parts)
    yield f"    return ({pairs},)"
    yield from ("", "")


def read_loss(
    name: str, about: Mapping[str, Any], functions: Mapping[str, FunctionKernel], catalog: Catalog
) -> LossKernel:
    """The loss that a module speaks of, its shape proved again. Raises `ReadError`."""
    check_name(name)
    variable, target, size = about["letters"]
    assumptions = tuple(about["assumptions"].items())
    known = [variable, target, *(key for key, _ in assumptions), *([size] if size else [])]
    record = Record(
        name=name,
        title=name,
        symbol="",
        definition=catalog.read(about["definition"], symbols=known),
        variable=variable,
        size=size,
        parameters=assumptions,
        target=target,
        conditions=tuple(catalog.read(text, symbols=known) for text in about["conditions"]),
        family="loss",
    )
    shape, pieces, verdict = recognised(record, catalog)
    if shape != about["shape"]:
        raise ReadError(f"{name} is not of the shape that the module says")
    prover = Prover(catalog)
    parts = []
    for part, (_, piece) in zip(about["parts"], pieces, strict=True):
        if not prover.prove(functions[part].definition, piece).is_proved:
            raise ReadError(f"{part} is not what {name} is made of")
        parts.append(functions[part])
    return LossKernel(name, record, shape, record.is_total, tuple(parts), verdict)
