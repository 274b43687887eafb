"""`Lowering`: formulas over indices as array expressions: letters become axes, sums become `einsum`.

Every array has its axes in one order: the batch first (where it has one), then its index letters in the
order of the equation. The same expression is printed as NumPy text and run in this process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from symderiv.catalog import Catalog
from symderiv.derive.algebra import literal
from symderiv.errors import UnsupportedError
from symderiv.notation import names
from symderiv.notation.term import Term

Array = Any
BATCH = "B"

_UFUNCS: dict[str, str] = {
    **{name: name for name in "exp log sqrt sin cos tan sinh cosh tanh sign".split()},
    "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "Abs": "absolute",
}  # fmt: skip
_RECIPROCALS = {"sec": "cos", "csc": "sin", "cot": "tan", "sech": "cosh", "csch": "sinh", "coth": "tanh"}
_COMPARE = {
    "<": "less", "<=": "less_equal", ">": "greater",
    ">=": "greater_equal", "==": "equal", "!=": "not_equal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Op:
    """`kind` with `text` over `args`; `axes` are its index letters, `batched` says that the batch leads."""

    kind: str
    args: tuple[Op, ...] = ()
    text: str = ""
    axes: tuple[str, ...] = ()
    batched: bool = False


@dataclass(frozen=True, slots=True)
class Variable:
    """How a name of the network is stored: its index letters do not matter, only how many, and the batch."""

    text: str
    axes: int
    batched: bool


class Lowering:
    """Lowers the formulas of one equation; `ranges` are the letters of its left side, each with its size."""

    def __init__(
        self,
        variables: Mapping[str, Variable],
        sizes: Callable[[Term], int],
        catalog: Catalog,
        ranges: Mapping[str, int],
    ) -> None:
        self.variables, self.sizes, self.catalog = variables, sizes, catalog
        self.order = list(ranges)
        self.ranges: dict[str, int] = dict(ranges)
        self.called: set[str] = set()

    def of(self, term: Term) -> Op:
        """The expression of a formula. Raises `UnsupportedError` for what has no array form."""
        match term.kind:
            case "number":
                return Op("number", text=repr(float(term.value())))
            case "constant":
                return Op("number", text="np.pi" if term.name == "pi" else "np.e")
            case "symbol":
                return self._entry(term, ())
            case "index":
                return self._index(term)
            case "neg":
                return _same("neg", self.of(term.args[0]))
            case "add" | "mul" | "div" | "pow":
                return self._arithmetic(term)
            case "sum":
                return self._sum(term)
            case "call":
                return self._call(term)
            case "piecewise":
                return self._piecewise(term)
        raise UnsupportedError(f"a {term.kind} has no array form")

    # -- leaves ----------------------------------------------------------------------------------------

    def _entry(self, base: Term, places: Sequence[Term]) -> Op:
        if base.name not in self.variables:
            raise UnsupportedError(f"{base} is no array of this network")
        variable = self.variables[base.name]
        if variable.axes != len(places):
            raise UnsupportedError(f"{base} has {variable.axes} indices")
        picks, letters = [], []
        for at in places:
            value = literal(at)
            if value is not None:
                picks.append(str(int(value) - 1))
            elif at.kind == "symbol":
                picks.append(":")
                letters.append(self._letter(at.name))
            else:
                raise UnsupportedError(f"the index {at} has no array form")
        found = Op("name", text=variable.text, batched=variable.batched)
        if any(pick != ":" for pick in picks):
            inner = ([":"] if variable.batched else []) + picks
            found = Op("pick", (found,), f"[{', '.join(inner)}]", batched=variable.batched)
        return self._arranged(found, letters)

    def _letter(self, name: str) -> str:
        if name not in self.order:
            self.order.append(name)
        return name

    def _arranged(self, found: Op, letters: list[str]) -> Op:
        """The array with its axes in the order of the equation; equal letters give the diagonal."""
        wanted = tuple(sorted(dict.fromkeys(letters), key=self.order.index))
        if tuple(letters) == wanted:
            return replace(found, axes=wanted)
        return self._einsum([replace(found, axes=tuple(letters))], wanted, batched=found.batched)

    def _index(self, term: Term) -> Op:
        base = term.args[0]
        if base.kind == "symbol":
            return self._entry(base, term.args[1:])
        record = self.catalog.find(base.name) if base.kind == "call" else None
        if record is None or not record.is_vector or [a.kind for a in base.args] != ["symbol"]:
            raise UnsupportedError(f"{term} has no array form")
        variable = self.variables[base.args[0].name]
        whole = Op("call", (Op("name", text=variable.text, batched=variable.batched),), record.name)
        self.called.add(record.name)
        value = literal(term.args[1])
        if value is not None:
            inner = f"[..., {int(value) - 1}]"
            return Op("pick", (whole,), inner, batched=variable.batched)
        return replace(whole, axes=(self._letter(term.args[1].name),), batched=variable.batched)

    # -- arithmetic ------------------------------------------------------------------------------------

    def _arithmetic(self, term: Term) -> Op:
        args = [self.of(arg) for arg in term.args]
        found = args[0]
        for position, arg in enumerate(args[1:], 1):
            if term.kind == "add" and term.args[position].kind == "neg":
                found = self.pair("sub", found, arg.args[0] if arg.kind == "neg" else _same("neg", arg))
            else:
                found = self.pair(term.kind, found, arg)
        return found

    def pair(self, kind: str, left: Op, right: Op, text: str = "") -> Op:
        """An operation on two arrays, each spread over the letters of both."""
        axes = tuple(sorted({*left.axes, *right.axes}, key=self.order.index))
        batched = left.batched or right.batched
        return Op(kind, (_spread(left, axes), _spread(right, axes)), text, axes, batched)

    def _sum(self, term: Term) -> Op:
        body, bound, low, high = term.args
        if literal(low) != 1:
            raise UnsupportedError(f"a sum that does not start at 1 has no array form: {term}")
        self.ranges[bound.name] = self.sizes(high)
        letter = self._letter(bound.name)
        sign, factors = _factors(body)
        found = [self.of(factor) for factor in factors]
        if not any(letter in one.axes for one in found):
            inner = found[0]
            for one in found[1:]:
                inner = self.pair("mul", inner, one)
            whole = self.pair("mul", Op("number", text=repr(float(self.ranges[letter]))), inner)
        else:
            axes = {axis for one in found for axis in one.axes} - {letter}
            batched = any(one.batched for one in found)
            whole = self._einsum(found, tuple(sorted(axes, key=self.order.index)), batched=batched)
        return _same("neg", whole) if sign < 0 else whole

    def reduced(self, term: Term, axes: tuple[str, ...], count: str) -> Op:
        """A batched formula as its mean over the batch, with the given axes; products in one `einsum`."""
        sign, factors = _factors(term)
        found = [self.of(factor) for factor in factors]
        missing = [a for a in axes if not any(a in one.axes for one in found)]
        if missing:
            raise UnsupportedError(f"{term} does not have the index {missing[0]}")
        total = self._einsum(found, axes, batched=False)
        whole = Op("div", (total, Op("name", text=count)), axes=axes)
        return _same("neg", whole) if sign < 0 else whole

    def _einsum(self, args: Sequence[Op], axes: tuple[str, ...], *, batched: bool) -> Op:
        args = [_bare(one) for one in args]
        letters = {name: chr(ord("a") + place) for place, name in enumerate(self.order[:20])}

        def marks(batch: bool, names_: Sequence[str]) -> str:
            return ("z" if batch else "") + "".join(letters[name] for name in names_)

        subscripts = ",".join(marks(one.batched, one.axes) for one in args)
        text = f"{subscripts}->{marks(batched, axes)}"
        return Op("einsum", tuple(args), text, axes, batched)

    def like(self, op: Op, name: str) -> Op:
        """The expression with the shape of a name's array, where it lacks axes of it."""
        variable = self.variables[name]
        if len(op.axes) == variable.axes and (op.batched or not variable.batched):
            return op
        wanted = tuple(self.order[: variable.axes])
        shape = Op("name", text=variable.text)
        return Op("like", (_spread(op, wanted), shape), axes=wanted, batched=variable.batched)

    # -- functions -------------------------------------------------------------------------------------

    def _call(self, term: Term) -> Op:
        name = term.name
        if name == "delta":
            return self._delta(term)
        args = [self.of(arg) for arg in term.args]
        record = self.catalog.find(name)
        if record is not None and not record.size and len(args) == 1 and term.order <= 1:
            self.called.add(record.name)
            return _same("call", args[0], record.name + ("_grad" if term.order else ""))
        if term.order:
            raise UnsupportedError(f"{term} has no array form")
        if name in ("Max", "Min"):
            found = args[0]
            for arg in args[1:]:
                found = self.pair("ufunc", found, arg, "maximum" if name == "Max" else "minimum")
            return found
        if name in _UFUNCS:
            return _same("ufunc", args[0], _UFUNCS[name])
        if name in _RECIPROCALS:
            return self.pair("div", Op("number", text="1.0"), _same("ufunc", args[0], _RECIPROCALS[name]))
        hint = "a catalogue function has a kernel of its own: gelu, normal_cdf, ..."
        raise UnsupportedError(
            f"NumPy has no function {name}", hint=hint if name in names.FUNCTIONS else None
        )

    def _delta(self, term: Term) -> Op:
        known = [literal(at) for at in term.args]
        free = [at.name for at in term.args if at.kind == "symbol"]
        if len(free) == 2:
            size = self.ranges.get(free[0]) or self.ranges.get(free[1])
            if size is not None:
                return self._arranged(Op("eye", text=str(size)), [self._letter(one) for one in free])
        value = next((one for one in known if one is not None), None)
        if len(free) == 1 and value is not None and free[0] in self.ranges:
            text = f"({self.ranges[free[0]]}, {int(value) - 1})"
            return Op("unit", text=text, axes=(self._letter(free[0]),))
        raise UnsupportedError(f"{term} has no array form")

    def _piecewise(self, term: Term) -> Op:
        *cases, last = term.args
        if last.args[1].kind != "true":
            raise UnsupportedError("a piecewise formula without a last case has no array form")
        found = self.of(last.args[0])
        for one in reversed(cases):
            test, value = self._condition(one.args[1]), self.of(one.args[0])
            axes = tuple(sorted({*test.axes, *value.axes, *found.axes}, key=self.order.index))
            args = tuple(_spread(arg, axes) for arg in (test, value, found))
            found = Op("where", args, axes=axes, batched=any(arg.batched for arg in args))
        return found

    def _condition(self, term: Term) -> Op:
        if term.kind == "relation":
            left, right = map(self.of, term.args)
            return self.pair("ufunc", left, right, _COMPARE[term.name])
        if term.kind in ("and", "or"):
            found = self._condition(term.args[0])
            for arg in term.args[1:]:
                found = self.pair("ufunc", found, self._condition(arg), f"logical_{term.kind}")
            return found
        raise UnsupportedError("this condition has no array form")


def _same(kind: str, arg: Op, text: str = "") -> Op:
    return Op(kind, (arg,), text, arg.axes, arg.batched)


def _factors(term: Term) -> tuple[int, list[Term]]:
    """A sign and the factors of a product."""
    if term.kind == "neg":
        sign, factors = _factors(term.args[0])
        return -sign, factors
    if term.kind != "mul":
        return 1, [term]
    sign = 1
    found: list[Term] = []
    for arg in term.args:
        one, factors = _factors(arg)
        sign, found = sign * one, found + factors
    return sign, found


def _bare(op: Op) -> Op:
    """What an `einsum` of one array only puts in another order: a larger `einsum` does that itself."""
    if op.kind == "einsum" and len(op.args) == 1 and sorted(op.args[0].axes) == sorted(op.axes):
        return op.args[0]
    return op


def _spread(op: Op, axes: tuple[str, ...]) -> Op:
    """The array with axes of length 1 where it lacks one, so that it can be combined with others."""
    marks = [":" if axis in op.axes else "None" for axis in axes]
    if op.batched:
        marks = [":", *marks]
    while marks and marks[0] == "None":
        marks = marks[1:]
    if "None" not in marks:
        return op
    return Op("pick", (op,), f"[{', '.join(marks)}]", op.axes, op.batched)


# -- text ------------------------------------------------------------------------------------------------

_LEVELS = {"add": 1, "sub": 1, "neg": 2, "mul": 3, "div": 3, "pow": 5}
_SIGNS = {"add": " + ", "sub": " - ", "mul": " * ", "div": " / ", "pow": " ** "}


def write(op: Op) -> str:
    """The expression as NumPy text."""
    match op.kind:
        case "name" | "number":
            return op.text
        case "neg":
            return f"-{_within(op.args[0], 3)}"
        case "einsum":
            return f'np.einsum("{op.text}", {", ".join(map(write, op.args))})'
        case "pick":
            return f"{_within(op.args[0], 9)}{op.text}"
        case "call":
            return f"{op.text}({write(op.args[0])})"
        case "ufunc":
            return f"np.{op.text}({', '.join(map(write, op.args))})"
        case "where":
            return f"np.where({', '.join(map(write, op.args))})"
        case "like":
            return f"np.broadcast_to({', '.join(map(write, op.args))}.shape)"
        case "eye":
            return f"np.eye({op.text})"
        case "unit":
            return f"_unit{op.text}"
    level = _LEVELS[op.kind]
    left, right = op.args
    return f"{_within(left, level + (op.kind == 'pow'))}{_SIGNS[op.kind]}{_within(right, level + 1)}"


def _within(op: Op, level: int) -> str:
    text = write(op)
    own = _LEVELS.get(op.kind, 9)
    if op.kind == "number" and text.startswith("-"):
        own = 2
    return text if own >= level else f"({text})"


# -- this process ----------------------------------------------------------------------------------------

_ARITHMETIC: dict[str, Any] = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "pow": np.power,
}  # fmt: skip
_NUMBERS = {"np.pi": np.pi, "np.e": np.e}


def run(op: Op, values: Mapping[str, Array], functions: Mapping[str, Callable[[Array], Array]]) -> Array:
    """The value of the expression, by the operations that its text would carry out."""
    args = [run(arg, values, functions) for arg in op.args]
    match op.kind:
        case "name":
            return values[op.text]
        case "number":
            return _NUMBERS[op.text] if op.text in _NUMBERS else float(op.text)
        case "neg":
            return np.negative(args[0])
        case "einsum":
            return np.einsum(op.text, *args)
        case "pick":
            return np.asarray(args[0])[picked(op.text)]
        case "call":
            return functions[op.text](args[0])
        case "ufunc":
            return getattr(np, op.text)(*args)
        case "where":
            return np.where(*args)
        case "like":
            return np.broadcast_to(args[0], np.shape(args[1]))
        case "eye":
            return np.eye(int(op.text))
        case "unit":
            size, place = (int(part) for part in op.text.strip("()").split(","))
            return np.eye(size)[place]
    return _ARITHMETIC[op.kind](*args)


def picked(text: str) -> tuple[Any, ...]:
    """`[:, None, 0]` as an index."""
    words: dict[str, Any] = {":": slice(None), "None": None, "...": Ellipsis}
    return tuple(words[part] if part in words else int(part) for part in text[1:-1].split(", "))
