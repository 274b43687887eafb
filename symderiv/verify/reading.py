"""`read_module`: an exported module back to its kernels, from its syntax tree; nothing of it is run.

Everything but the bodies of the kernels must be what symderiv writes for them: drivers, plans, signatures.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symderiv import limits
from symderiv.catalog import Catalog, Record
from symderiv.errors import ReadError, TargetError
from symderiv.kernels.constants import rounded
from symderiv.kernels.kernel import FunctionKernel, Kernel, Part, check_name
from symderiv.kernels.losses_text import read_loss
from symderiv.kernels.module import SUFFIXES, KernelModule, write_module
from symderiv.kernels.program import Program
from symderiv.kernels.search import reference
from symderiv.kernels.source import read_numbers, read_program
from symderiv.kernels.vectors import vector_kernel
from symderiv.meaning import differentiate, to_sympy
from symderiv.notation.term import diff, sym
from symderiv.prove import Verdict

_UNPROVED = Verdict("undecided", "not yet")


def read_module(path: Path, catalog: Catalog) -> KernelModule:
    """The kernels of a file. Raises `TargetError` or `ReadError`."""
    tree = _tree(path)
    facts = _facts(tree)
    try:
        module = _module(tree, facts, catalog)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise ReadError(
            f"{path}: what the module says of itself is not complete ({type(error).__name__}: {error})",
            hint="export it again",
        ) from error
    _check_frame(tree, module, path)
    return module


def _tree(path: Path) -> ast.Module:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TargetError(f"cannot read {path}: {error.strerror}") from error
    if len(data) > limits.MAX_FILE_BYTES:
        raise ReadError(f"{path} is too large to be a module of kernels")
    try:
        return ast.parse(data.decode("utf-8"), str(path))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        where = f", line {line}" if line else ""
        raise ReadError(f"{path}{where}: this is not Python: {getattr(error, 'msg', error)}") from error


def _facts(tree: ast.Module) -> dict[str, Any]:
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else None
        if (
            not isinstance(node, ast.Assign)
            or not isinstance(target, ast.Name)
            or target.id != "__symderiv__"
        ):
            continue
        try:
            found = ast.literal_eval(node.value)
        except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError) as error:
            raise ReadError(f"line {node.lineno}: __symderiv__ is not plain data") from error
        if isinstance(found, dict) and found.get("schema_version") == 1:
            return found
    raise ReadError("this module was not exported by symderiv", hint="symderiv export F -o FILE.py")


def _module(tree: ast.Module, facts: Mapping[str, Any], catalog: Catalog) -> KernelModule:
    bodies = {
        node.name: (node.body, _numbers(tree, f"{node.name}_numbers"))
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    constants = _constants(tree, facts["constants"])
    functions = tuple(
        _function(name, about, bodies, constants, catalog) for name, about in facts["functions"].items()
    )
    vectors = []
    for name, about in facts["vectors"].items():
        variable, index, size = about["letters"]
        record = Record(name, name, "", catalog.read(about["definition"]), variable, index, size)
        vectors.append(vector_kernel(record, catalog))
    known = {function.name: function for function in functions}
    losses = tuple(read_loss(name, about, known, catalog) for name, about in facts.get("losses", {}).items())
    return KernelModule(
        functions,
        tuple(vectors),
        facts["precision"],
        facts["versions"],
        facts["symderiv"],
        losses=losses,
    )


_Body = tuple[list[ast.stmt], tuple[ast.expr, ...]]


def _numbers(tree: ast.Module, name: str) -> tuple[ast.expr, ...]:
    """The numbers of a kernel, as written; none for other functions."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    targets = [(node.targets[0], node.value) for node in assigned]
    found = [value for target, value in targets if isinstance(target, ast.Name) and target.id == name]
    return read_numbers(found[-1]) if found else ()


def _constants(tree: ast.Module, meanings: Mapping[str, str]) -> dict[str, tuple[str, float]]:
    """Named constants, each checked to be the rounded value of its meaning."""
    found: dict[str, tuple[str, float]] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name = node.targets[0].id
        if name in meanings:
            value = float(ast.literal_eval(node.value))
            if value != rounded(meanings[name]):
                raise ReadError(f"line {node.lineno}: {name} is not {meanings[name]} rounded to a double")
            found[name] = meanings[name], value
    return found


def _function(
    name: str,
    about: Mapping[str, Any],
    bodies: Mapping[str, _Body],
    constants: Mapping[str, tuple[str, float]],
    catalog: Catalog,
) -> FunctionKernel:
    check_name(name)
    parameters = tuple((key, float(value)) for key, value in about["parameters"].items())
    names = tuple(key for key, _ in parameters)
    definition = catalog.read(about["definition"], symbols=[*names, about["variable"]])
    record = Record(
        name,
        name,
        "",
        definition,
        about["variable"],
        parameters=tuple(about["assumptions"].items()),
        family=about["family"],
    )
    kernels: dict[str, Kernel] = {}
    for part, facts in about["kernels"].items():
        kernels[part] = _kernel(record, part, facts, names, bodies, constants, catalog)
    return FunctionKernel(
        name,
        record,
        definition,
        record.variable,
        parameters,
        kernels["value"],
        kernels["gradient"],
        kernels.get("output"),
    )


def _kernel(
    record: Record,
    part: Part,
    facts: Mapping[str, Any],
    parameters: tuple[str, ...],
    bodies: Mapping[str, _Body],
    constants: Mapping[str, tuple[str, float]],
    catalog: Catalog,
) -> Kernel:
    variable = "y" if part == "output" else record.variable
    stem = f"_{record.name}{SUFFIXES[part]}_kernel"
    programs: list[Program] = []
    for width in ("single", "double"):
        body = bodies.get(f"{stem}_{width}", bodies.get(stem))
        if body is None:
            raise ReadError(f"the kernel {stem} is missing")
        programs.append(read_program(body[0], variable, parameters, constants, body[1]))
    symbol = sym(variable)
    if part == "output":
        formula = catalog.read(facts["formula"], symbols=[*parameters, "y"])
        meaning = to_sympy(formula, catalog)
    else:
        formula = record.definition if part == "value" else diff(record.definition, symbol)
        meaning = to_sympy(record.definition, catalog)
        if part == "gradient":
            meaning = differentiate(meaning, to_sympy(symbol))
    plain = reference(meaning, to_sympy(symbol))
    return Kernel(
        part, formula, variable, programs[0], programs[1], plain, (), (_UNPROVED, _UNPROVED), facts["side"]
    )


def _check_frame(tree: ast.Module, module: KernelModule, path: Path) -> None:
    """All but kernels and docstrings is what symderiv writes today. Raises `ReadError` where it is not."""
    ours = ast.parse(write_module(module))
    left, right = _frame(tree), _frame(ours)
    for given, due in zip(left, right, strict=False):
        if ast.dump(given) != ast.dump(due):
            line = getattr(given, "lineno", 0)
            raise ReadError(f"{path}, line {line}: this is not what symderiv writes", hint="export it again")
    if len(left) != len(right):
        raise ReadError(f"{path}: statements are missing or too many", hint="export it again")


def _frame(tree: ast.Module) -> list[ast.stmt]:
    kept: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if isinstance(node, ast.FunctionDef):
            if "_kernel" in node.name and node.name.startswith("_"):
                node.body = [ast.Pass()]
            elif isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
        kept.append(node)
    return kept
