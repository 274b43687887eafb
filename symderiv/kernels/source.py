"""A program as text of Python, one call a line; and that text back to the program.

The reader takes nothing but such lines, from the syntax tree: nothing of a file is ever run.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symderiv.errors import ReadError
from symderiv.kernels.allocation import SCALAR, TARGET, allocate
from symderiv.kernels.program import Builder, Node, Program
from symderiv.kernels.widening import MAKERS, PREFIX, WIDE, is_wide

NAMES = {
    "add": "_add",
    "sub": "_subtract",
    "mul": "_multiply",
    "div": "_divide",
    "min": "_minimum",
    "max": "_maximum",
    "power": "_power",
    "hypot": "_hypot",
    "neg": "_negative",
    "abs": "_absolute",
    "negabs": "_negabs",
    "clip": "_clip",
    "mask": "_mask",
    "zero": "_zero",
    "select": "_select",
    "patch": "_patch",
    **{name: f"_{name}" for name in "sqrt exp expm1 log log1p sin cos arctan arcsin arccos".split()},
    **{name: f"_{name}" for name in "arcsinh arccosh arctanh erf erfcx mills rounded".split()},
    **{name: f"_{name}" for name in sorted(WIDE | MAKERS)},
}
KEYWORD = frozenset({"min", "max"})
"""NumPy takes the target of these by keyword only."""
_OPERATIONS = {text: name for name, text in NAMES.items()}
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div"}
_PAIRS = "add sub mul div min max power hypot".split()
_ARITY = {"select": 3, "patch": 3, "clip": 3, "wide_select": 3, "widen_pair": 2} | {
    prefix + name: 2 for name in _PAIRS for prefix in ("", PREFIX)
}


GIVEN = "p_"
"""Begins the names of parameters in a kernel, where x, out, s and k mean something else."""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a kernel's body, how many scratch blocks it takes, and its numbers (`k` in it) as text.

    Numbers are arrays without dimensions, of the working type: a ufunc takes them twice as fast as floats.
    """

    lines: tuple[str, ...]
    blocks: int
    numbers: tuple[str, ...]


def write_program(program: Program, variable: str, constants: dict[str, str]) -> Source:
    """The body of `kernel(x, out, s, k, *parameters)`; `constants` collects names for rounded constants."""
    allocation = allocate(program, variable)
    texts: dict[int, str] = {}
    lines = [f"w = _wide(x, {allocation.wide_count})"] if allocation.wide_count else []
    numbers: dict[str, int] = {}

    def text(place: int, *, scalar: bool = False) -> str:
        node = program.nodes[place]
        if node.op == "const":  # named in the order of use, which the reader sees, too
            found = repr(node.value)
            if node.meaning:
                found = constants.setdefault(node.meaning, f"_c{len(constants)}")
            return found if scalar else f"k[{numbers.setdefault(found, len(numbers))}]"
        if place in allocation.scalar:
            return _scalar_text(node.op, [text(arg, scalar=True) for arg in node.args])
        return texts[place]

    for place, node in enumerate(program.nodes):
        if node.op == "input":
            texts[place] = "x" if node.name == variable else GIVEN + node.name
        if node.op in ("input", "const") or place in allocation.scalar:
            continue
        parts = [text(arg) for arg in node.args]
        texts[place] = f"w[{allocation.wide[place]}]" if is_wide(node.op) else _block(allocation.block[place])
        parts.append(f"out={texts[place]}" if node.op in KEYWORD else texts[place])
        if place in allocation.spare:
            parts.append(_block(allocation.spare[place]))
        lines.append(f"{NAMES[node.op]}({', '.join(parts)})")
    if program.nodes[program.result].op in ("input", "const") or program.result in allocation.scalar:
        lines.append(f"_copyto(out, {text(program.result)})")
    return Source(tuple(_noted(line, list(numbers)) for line in lines), allocation.count, tuple(numbers))


def _block(number: int) -> str:
    return "out" if number == TARGET else f"s[{number}]"


def _noted(line: str, numbers: list[str]) -> str:
    """The line, and what its numbers are."""
    found = [numbers[int(part.partition("]")[0])] for part in line.split("k[")[1:]]
    return f"{line}  # {', '.join(found)}" if found else line


def _scalar_text(op: str, args: list[str]) -> str:
    """Arithmetic of parameters and constants, in brackets."""
    return f"(-{args[0]})" if op == "neg" else f"({args[0]} {SCALAR[op]} {args[1]})"


def read_program(
    body: list[ast.stmt],
    variable: str,
    parameters: tuple[str, ...],
    constants: Mapping[str, tuple[str, float]],
    numbers: Sequence[ast.expr] = (),
) -> Program:
    """The program of a kernel's body. Raises `ReadError` at the first line that is not one of its lines."""
    reader = _Reader(Builder(), variable, parameters, constants, tuple(numbers), {})
    for statement in body:
        reader.line(statement)
    if "out" not in reader.values:
        raise ReadError("a kernel must write its result")
    return reader.builder.finish(reader.values["out"])


@dataclass(slots=True)
class _Reader:
    builder: Builder
    variable: str
    parameters: tuple[str, ...]
    constants: Mapping[str, tuple[str, float]]
    numbers: tuple[ast.expr, ...]
    values: dict[str, int]
    wide: int = 0

    def line(self, statement: ast.stmt) -> None:
        """One call: an operation, its arguments, its target (and a spare block)."""
        if isinstance(statement, ast.Assign):
            self.room(statement)
            return
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            return
        call = statement.value if isinstance(statement, ast.Expr) else None
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            raise ReadError(f"line {statement.lineno}: this is no line of a kernel")
        given = list(call.args)
        if [keyword.arg for keyword in call.keywords] == ["out"] and _OPERATIONS.get(call.func.id) in KEYWORD:
            given.append(call.keywords[0].value)
        elif call.keywords:
            raise ReadError(f"line {statement.lineno}: an argument by name has no place here")
        if call.func.id == "_copyto" and len(given) == 2:
            self.values[self.target(given[0])] = self.value(given[1])
            return
        name = _OPERATIONS.get(call.func.id)
        if name is None:
            raise ReadError(f"line {statement.lineno}: {call.func.id} is no operation of a kernel")
        arity = _ARITY.get(name, 1)
        expected = arity + 1 + (name in ("erfcx", "mills"))
        if len(given) != expected:
            raise ReadError(f"line {statement.lineno}: {call.func.id} takes {expected} arguments here")
        arguments = [self.value(arg) for arg in given[:arity]]
        self.check_kinds(name, arguments, given[arity])
        found = self.builder.put(Node(name, tuple(arguments)))
        if expected == arity + 2:
            self.values.pop(self.target(given[-1]), None)
        self.values[self.target(given[arity])] = found

    def room(self, statement: ast.Assign) -> None:
        """`w = _wide(x, count)`."""
        call = statement.value
        names = [one.id for one in statement.targets if isinstance(one, ast.Name)]
        if (
            names == ["w"]
            and isinstance(call, ast.Call)
            and ast.unparse(call.func) == "_wide"
            and len(call.args) == 2
            and not call.keywords
            and ast.unparse(call.args[0]) == "x"
            and isinstance(call.args[1], ast.Constant)
            and type(call.args[1].value) is int
        ):
            self.wide = call.args[1].value
            return
        raise ReadError(f"line {statement.lineno}: this is no line of a kernel")

    def check_kinds(self, name: str, arguments: list[int], target: ast.expr) -> None:
        """Wide operations take wide numbers and write to wide blocks, all others doubles."""
        kinds = [is_wide(self.builder.nodes[place].op) for place in arguments]
        due = [name in WIDE or name == "rounded"] * len(kinds)
        if name == "wide_select":
            due[0] = False
        if kinds != due or (_place(target, "w") is not None) != is_wide(name):
            raise ReadError(f"line {target.lineno}: wide numbers and doubles are mixed up")

    def target(self, node: ast.expr) -> str:
        """`out`, `s[k]`, or `w[k]` for a wide number."""
        if isinstance(node, ast.Name) and node.id == "out":
            return "out"
        place = _place(node, "w")
        if place is not None and place < self.wide:
            return f"w[{place}]"
        place = _place(node, "s")
        if place is not None:
            return f"s[{place}]"
        raise ReadError(f"line {node.lineno}: a target is `out` or a scratch block")

    def value(self, node: ast.expr) -> int:
        """A number, a named constant, an argument, or what a block holds."""
        if isinstance(node, ast.Constant) and type(node.value) is float:
            return self.builder.const(node.value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            if isinstance(node.operand, ast.Constant) and type(node.operand.value) is float:
                return self.builder.const(-node.operand.value)
            return self.builder.put(Node("neg", (self.value(node.operand),)))
        if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
            pair = self.value(node.left), self.value(node.right)
            return self.builder.put(Node(_SIGNS[type(node.op)], pair))
        if isinstance(node, ast.Name):
            if node.id == "x":
                return self.builder.input(self.variable)
            if node.id.startswith(GIVEN) and node.id.removeprefix(GIVEN) in self.parameters:
                return self.builder.input(node.id.removeprefix(GIVEN))
            if node.id in self.constants:
                meaning, value = self.constants[node.id]
                return self.builder.const(value, meaning)
        place = _place(node, "k")
        if place is not None and place < len(self.numbers):
            number = self.numbers[place]
            if not isinstance(number, ast.Name) or number.id in self.constants:
                return self.value(number)
        name = self.target(node)
        if name not in self.values:
            raise ReadError(f"line {node.lineno}: {name} is read before it is written")
        return self.values[name]


def _place(node: ast.expr, stem: str) -> int | None:
    """The k of `stem[k]`."""
    if not isinstance(node, ast.Subscript) or not isinstance(node.value, ast.Name) or node.value.id != stem:
        return None
    index = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return index if type(index) is int and index >= 0 else None


def read_numbers(node: ast.expr) -> tuple[ast.expr, ...]:
    """The numbers of a kernel, as written. Raises `ReadError` for what is no tuple of numbers and names."""
    if not isinstance(node, ast.Tuple):
        raise ReadError(f"line {node.lineno}: the numbers of a kernel are a tuple")
    for one in node.elts:
        bare = one.operand if isinstance(one, ast.UnaryOp) and isinstance(one.op, ast.USub) else one
        if not isinstance(bare, ast.Name) and not (
            isinstance(bare, ast.Constant) and type(bare.value) is float
        ):
            raise ReadError(f"line {one.lineno}: this is no number of a kernel")
    return tuple(node.elts)
