r"""How functions are set: `\tanh x` and `\tanh^2 x` for the named operators, `\sigma(x)` for letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    r"""`latex` of a function; `bare` when a lone letter follows without brackets (`\sin x`);
    `powered` when a square goes to the name (`\sin^2 x`); `letter` when it takes an index (`s_i(z)`).
    """

    latex: str
    bare: bool = False
    powered: bool = False
    letter: bool = False


def _named(words: str, *, powered: bool) -> dict[str, Operator]:
    return {word: Operator(f"\\{word}", bare=True, powered=powered) for word in words.split()}


def _spelled(words: dict[str, str], *, bare: bool, powered: bool) -> dict[str, Operator]:
    return {name: Operator(f"\\operatorname{{{word}}}", bare, powered) for name, word in words.items()}


BUILT_IN: dict[str, Operator] = {
    **_named("sin cos tan sec csc cot sinh cosh tanh coth", powered=True),
    **_named("log", powered=False),
    **_spelled({"sech": "sech", "csch": "csch"}, bare=True, powered=True),
    **_spelled({"asinh": "arsinh", "acosh": "arcosh", "atanh": "artanh"}, bare=True, powered=False),
    "asin": Operator(r"\arcsin", bare=True),
    "acos": Operator(r"\arccos", bare=True),
    "atan": Operator(r"\arctan", bare=True),
    **_spelled({"erf": "erf", "erfc": "erfc", "sign": "sign", "diag": "diag"}, bare=False, powered=False),
    "Max": Operator(r"\max"),
    "Min": Operator(r"\min"),
    "exp": Operator(r"\exp"),
    "Abs": Operator(r"\operatorname{abs}"),
}
"""The functions of plain notation."""

_BY_LATEX = {operator.latex: operator for operator in BUILT_IN.values()}


def declared(latex: str) -> Operator:
    """A function that a document declares: set like the named operator that it is, or as a letter."""
    known = _BY_LATEX.get(latex)
    if known is not None:
        return known
    return Operator(latex, letter="_" not in latex and "^" not in latex and "operatorname" not in latex)
