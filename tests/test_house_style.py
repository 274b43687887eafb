"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "symderiv").rglob("*.py"))
NAMES = [str(module.relative_to(ROOT)) for module in MODULES]

FORBIDDEN = {
    "eval",
    "exec",
    "compile",
    "sympify",
    "parse_expr",
    "srepr",
    "parse_latex",
    "lambdify",
    "__import__",
}
"""Calls that could run or reinterpret what a user wrote."""


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"), str(module))


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_no_module_is_long(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_no_function_is_long(module):
    long = {
        node.name: length
        for node in ast.walk(tree_of(module))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and (length := body_length(node)) > 40
    }
    assert not long


def body_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body; neither the signature nor the docstring counts."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("module", MODULES, ids=NAMES)
def test_user_text_stays_data(module):
    found = [
        f"line {node.lineno}: {called(node)}"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and (
            (called(node) in FORBIDDEN and not is_regex(node))
            or (called(node) == "S" and node.args and isinstance(node.args[0], ast.Constant))
        )
    ]
    assert not found


def test_simplify_is_only_the_last_rung_of_the_prover():
    found = [
        name
        for name, module in zip(NAMES, MODULES, strict=True)
        if Path(name).parts[1] != "prove"
        and any(
            isinstance(node, ast.Call) and called(node) == "simplify" for node in ast.walk(tree_of(module))
        )
    ]
    assert not found


def is_regex(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"


def test_every_module_begins_with_its_promise_and_the_future():
    for module in MODULES:
        if not module.read_text(encoding="utf-8").strip():
            continue
        tree = tree_of(module)
        assert ast.get_docstring(tree), module
        imports = [node.module for node in tree.body if isinstance(node, ast.ImportFrom)]
        if module.name != "__init__.py":
            assert "__future__" in imports, module


def test_names_say_what_is_in_a_file():
    vague = {"utils", "util", "helpers", "helper", "misc", "common", "tools", "stuff", "core"}
    assert not [name for name in NAMES if Path(name).stem in vague]


def test_every_ignore_has_its_reason():
    bare = re.compile(r"#\s*(noqa(:\s*[A-Z0-9, ]+)?|type: ignore)\s*(#.*)?$")
    found = [
        f"{name}:{number}"
        for name, module in zip(NAMES, MODULES, strict=True)
        for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert not found


def test_the_catalogue_records_definitions_only():
    allowed = {
        "title", "symbol", "definition", "variable", "index", "size", "parameters", "constants", "defaults",
        "aliases", "equivalents", "references", "family", "target", "conditions", "origins",
    }  # fmt: skip
    for path in sorted((ROOT / "symderiv" / "catalog").glob("*.toml")):
        for name, record in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert set(record) <= allowed, name


def test_no_function_of_the_catalogue_is_named_in_the_engine():
    """What is known about a function is found: the engine has no branch for one of them."""
    names = {
        name
        for path in (ROOT / "symderiv" / "catalog").glob("*.toml")
        for name in tomllib.loads(path.read_text(encoding="utf-8"))
    } - {"tanh", "sech", "arctan"}  # these three are words of plain notation, too
    layers = ("meaning", "field", "prove", "derive", "sheet")
    found = [
        f"{name}: {node.value}"
        for name, module in zip(NAMES, MODULES, strict=True)
        if Path(name).parts[1] in layers
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Constant) and node.value in names
    ]
    assert not found
