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
    x, t, name = loss.record.variable, loss.record.target, loss.name
    names = [key for key, _ in loss.parameters]
    keywords = [f"{key}: float = {value!r}" for key, value in loss.parameters]
    axis = ["axis: int = -1"] if loss.summed else []
    tail = [*(["*"] if keywords else []), *keywords]
    along = ", axis" if loss.summed else ""
    parts = f"_{name}_parts({', '.join(f'{key}={key}' for key in names)})"
    combine = COMBINE.get(loss.shape, "")
    if loss.parts:
        yield f"def _{name}_parts({', '.join(tail)}) -> Sequence[_Part]:"
        for part in loss.parts:
            call = f"u{''.join(f', {key}={key}' for key, _ in part.parameters)}"
            yield f"    def {part.name}_at(u: _Array) -> _Array:"
            yield f"        return {part.name}({call})"
            yield ""
            yield f"    def {part.name}_slope(u: _Array) -> _Array:"
            yield f"        return {part.name}_grad({call})"
            yield ""
        pairs = ", ".join(f"({part.name}_at, {part.name}_slope)" for part in loss.parts)
        yield f"    return ({pairs},)"
        yield ""
        yield ""
    out = [] if loss.summed else ["out: Any = None"]
    result = "out" if out else "None"
    yield f"def {name}({', '.join([f'{x}: Any', f'{t}: Any', *axis, *out, *tail])}) -> Any:"
    yield f'    """{remarks.get(name, str(loss.record.concrete) + ".")}"""'
    if loss.shape == "softmax":
        yield f"    return _rowwise({x}, {t}, axis, False, {exact})"
    elif loss.summed:
        yield f"    return _summed({combine}, {parts}, {x}, {t}, axis, {exact})"
    else:
        yield f"    return _each({combine}, {parts}, None, {x}, {t}, out, False, {exact})"
    yield ""
    yield ""
    yield f"def {name}_grad({', '.join([f'{x}: Any', f'{t}: Any', *axis, *out, *tail])}) -> Any:"
    yield f'    """{remarks.get(name + "_grad", f"The derivative by {x}.")}"""'
    if loss.shape == "softmax":
        yield f"    return _rowwise({x}, {t}, axis, True, {exact})"
    else:
        yield f"    return _each({combine}, {parts}, None, {x}, {t}, {result}, True, {exact})"
    yield ""
    yield ""
    yield f"def {name}_vjp({', '.join(['g: Any', f'{x}: Any', f'{t}: Any', *axis, *out, *tail])}) -> Any:"
    yield f'    """The gradient by {x} from the gradient g by the loss."""'
    if loss.shape == "softmax":
        yield f"    return _spread(g, {x}, {t}, axis) * {name}_grad({x}, {t}{along})"
    else:
        spread = f"_spread(g, {x}, {t}, axis)" if loss.summed else "g"
        yield f"    return _each({combine}, {parts}, {spread}, {x}, {t}, {result}, True, {exact})"


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
