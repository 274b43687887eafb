"""`write_mathml`: a Term as MathML Core, for pages without scripts.

Precedence is that of plain notation: brackets stand where the tree needs them, and nowhere else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import escape

from symderiv.notation.term import Term

_SUM, _PRODUCT, _POWER, _ATOM = 1, 2, 3, 4
_ACCENTS = {
    "hat": "^",
    "bar": "‾",
    "tilde": "~",
    "dot": "˙",
    "ddot": "¨",
    "vec": "→",
    "check": "ˇ",
    "breve": "˘",
}
_RELATIONS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
_CATALOGUE = {"sigmoid": "σ", "normal_cdf": "Φ", "normal_pdf": "φ"}


def write_mathml(term: Term) -> str:
    """The markup of one formula, without the `math` element around it."""
    return _row(_written(term, 0))


def write_mathml_line(left: Term, relation: str, right: Term) -> str:
    """`left relation right` as one `math` element in display style."""
    sign = _operator(_RELATIONS.get(relation, relation))
    return f'<math display="block">{write_mathml(left)}{sign}{write_mathml(right)}</math>'


def _row(inside: str) -> str:
    return f"<mrow>{inside}</mrow>"


def _operator(sign: str) -> str:
    return f"<mo>{escape(sign)}</mo>"


def _bracketed(inside: str) -> str:
    return f'<mrow><mo fence="true">(</mo>{inside}<mo fence="true">)</mo></mrow>'


def _rank(term: Term) -> int:
    if term.kind in {"add", "neg", "relation", "and", "or", "equation"}:
        return _SUM
    if term.kind in {"mul", "diff", "sum", "prod", "at", "limit"}:
        return _PRODUCT
    return _POWER if term.kind == "pow" else _ATOM


def _written(term: Term, least: int) -> str:
    inside = _inside(term)
    return _bracketed(inside) if _rank(term) < least else inside


def _inside(term: Term) -> str:
    args = term.args
    match term.kind:
        case "number":
            return f"<mn>{escape(term.name)}</mn>"
        case "symbol":
            return _name(term.name)
        case "constant":
            return "<mi>π</mi>" if term.name == "pi" else "<mi>e</mi>"
        case "add":
            return _sum(term)
        case "neg":
            return _operator("−") + _written(args[0], _PRODUCT)
        case "mul":
            return _product(term)
        case "div":
            return f"<mfrac>{write_mathml(args[0])}{write_mathml(args[1])}</mfrac>"
        case "pow":
            return f"<msup>{_row(_written(args[0], _ATOM))}{write_mathml(args[1])}</msup>"
        case "call":
            return _call(term)
        case "index":
            below = _operator(",").join(_written(arg, 0) for arg in args[1:])
            return f"<msub>{_row(_written(args[0], _ATOM))}{_row(below)}</msub>"
        case "diff":
            return _derivative(term)
        case "sum" | "prod":
            sign = "∑" if term.kind == "sum" else "∏"
            under = _row(_written(args[1], 0) + _operator("=") + _written(args[2], 0))
            head = f"<munderover><mo>{sign}</mo>{under}{write_mathml(args[3])}</munderover>"
            return head + _written(args[0], _PRODUCT)
        case "at":
            below = _row(_written(args[1], 0) + _operator("=") + _written(args[2], 0))
            return f"{_row(_written(args[0], _POWER))}<msub><mo>|</mo>{below}</msub>"
        case "limit":
            below = _row(_written(args[1], 0) + _operator("→") + _written(args[2], 0))
            return f"<munder><mi>lim</mi>{below}</munder>" + _written(args[0], _PRODUCT)
        case "piecewise":
            return _cases(term)
    return _condition(term)


def _sum(term: Term) -> str:
    pieces = [_written(term.args[0], _PRODUCT if term.args[0].kind != "neg" else 0)]
    for arg in term.args[1:]:
        minus = arg.kind == "neg"
        pieces.append(_operator("−" if minus else "+") + _written(arg.args[0] if minus else arg, _PRODUCT))
    return "".join(pieces)


def _product(term: Term) -> str:
    pieces = [_written(term.args[0], _PRODUCT)]
    for before, arg in zip(term.args, term.args[1:], strict=False):
        dotted = (
            arg.kind in {"number", "neg", "diff"} or before.kind in {"diff"} or _ends_in_number(before, arg)
        )
        pieces.append(_operator("⋅" if dotted else "\u2062") + _written(arg, _POWER))
    return "".join(pieces)


def _ends_in_number(before: Term, after: Term) -> bool:
    return before.kind == "number" and after.kind in {"number", "div", "pow"}


def _call(term: Term) -> str:
    args = term.args
    if term.name == "exp" and not term.order:
        return f"<msup><mi>e</mi>{write_mathml(args[0])}</msup>"
    if term.name == "sqrt" and not term.order:
        return f"<msqrt>{write_mathml(args[0])}</msqrt>"
    if term.name == "Abs" and not term.order:
        return f'<mrow><mo fence="true">|</mo>{_written(args[0], 0)}<mo fence="true">|</mo></mrow>'
    if term.name == "delta" and len(args) == 2:
        return f"<msub><mi>δ</mi>{_row(_written(args[0], 0) + _written(args[1], 0))}</msub>"
    if term.name in _VECTORS and not term.order:
        return _VECTORS[term.name](args)
    name = _CATALOGUE.get(term.name) or {"Max": "max", "Min": "min"}.get(term.name, term.name)
    head = _name(name) if len(name) == 1 or name in _GREEK else f"<mi>{escape(name)}</mi>"
    if term.order:
        head = f"<msup>{head}<mo>{'′' * term.order}</mo></msup>"
    inside = _operator(",").join(_written(arg, 0) for arg in args)
    return head + _operator("\u2061") + _bracketed(inside)


def _transposed(args: tuple[Term, ...]) -> str:
    return f"<msup>{_row(_written(args[0], _ATOM))}<mo>⊤</mo></msup>"


def _norm(args: tuple[Term, ...]) -> str:
    bar = '<mo fence="true">‖</mo>'
    inside = _row(f"{bar}{_written(args[0], 0)}{bar}")
    return f"<msub>{inside}{write_mathml(args[1])}</msub>" if len(args) > 1 else inside


def _entrywise(args: tuple[Term, ...]) -> str:
    return _row(_written(args[0], _PRODUCT) + _operator("⊙") + _written(args[1], _POWER))


def _angled(args: tuple[Term, ...]) -> str:
    inside = _operator(",").join(_written(arg, 0) for arg in args)
    return _row(f'<mo fence="true">⟨</mo>{inside}<mo fence="true">⟩</mo>')


def _conditioned(args: tuple[Term, ...]) -> str:
    return _written(args[0], 0) + _operator("∣") + _operator(",").join(_written(arg, 0) for arg in args[1:])


def _table(args: tuple[Term, ...]) -> str:
    rows = "".join(
        "<mtr>" + "".join(f"<mtd>{write_mathml(cell)}</mtd>" for cell in _cells(row)) + "</mtr>"
        for row in args
    )
    return _bracketed(f"<mtable>{rows}</mtable>")


def _cells(row: Term) -> tuple[Term, ...]:
    return row.args if row.kind == "call" and row.name == "row" else (row,)


_VECTORS: dict[str, Callable[[tuple[Term, ...]], str]] = {
    "transpose": _transposed,
    "norm": _norm,
    "hadamard": _entrywise,
    "inner": _angled,
    "given": _conditioned,
    "matrix": _table,
}


def _derivative(term: Term) -> str:
    order = term.args[2].name if len(term.args) == 3 else ""
    above = f"<msup><mi>d</mi><mn>{order}</mn></msup>" if order else "<mi>d</mi>"
    variable = write_mathml(term.args[1])
    below = f"<mi>d</mi><msup>{variable}<mn>{order}</mn></msup>" if order else f"<mi>d</mi>{variable}"
    body = term.args[0]
    if body.kind == "symbol":
        return f"<mfrac>{_row(above + _written(body, _ATOM))}{_row(below)}</mfrac>"
    return f"<mfrac>{_row(above)}{_row(below)}</mfrac>" + _written(body, _POWER)


def _cases(term: Term) -> str:
    rows = "".join(
        f"<mtr><mtd>{write_mathml(part.args[0])}</mtd><mtd>{_row(_condition(part.args[1]))}</mtd></mtr>"
        for part in term.args
    )
    return f'<mrow><mo fence="true">{{</mo><mtable columnalign="left">{rows}</mtable></mrow>'


def _condition(term: Term) -> str:
    if term.kind == "true":
        return "<mtext>otherwise</mtext>"
    if term.kind in {"relation", "equation"}:
        sign = _RELATIONS.get(term.name, term.name) if term.kind == "relation" else "="
        return _written(term.args[0], 0) + _operator(sign) + _written(term.args[1], 0)
    if term.kind in {"and", "or"}:
        return f"<mtext>&#160;{term.kind}&#160;</mtext>".join(_condition(arg) for arg in term.args)
    return _written(term, 0)


def _greek() -> dict[str, str]:
    names = (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
        "phi chi psi omega"
    )
    found = {}
    for name in names.split():
        spelled = "LAMDA" if name == "lambda" else name.upper()
        found[name] = unicodedata.lookup(f"GREEK SMALL LETTER {spelled}")
        found[name.capitalize()] = unicodedata.lookup(f"GREEK CAPITAL LETTER {spelled}")
    return found | {"varphi": "φ", "varepsilon": "ε", "ell": "ℓ"}


_GREEK = _greek()


def _name(name: str) -> str:
    """`hat_y`, `w_ij__k`: accents, what stands below, what stands above in brackets."""
    rest, _, mark = name.partition("__")
    primes = 0
    if rest.endswith("_prime"):
        rest, primes = rest.removesuffix("_prime"), 1
    accent, _, base = rest.partition("_")
    found = ""
    if accent in _ACCENTS and base:
        letter, _, below = base.partition("_")
        found = f'<mover accent="true">{_letter(letter)}<mo>{_ACCENTS[accent]}</mo></mover>'
    else:
        letter, below = accent, base
        found = _letter(letter)
    above = (
        f"<mrow><mo>(</mo><mi>{escape(mark)}</mi><mo>)</mo></mrow>"
        if mark
        else "<mo>′</mo>"
        if primes
        else ""
    )
    under = f"<mi>{escape(below.replace('_', ','))}</mi>" if below else ""
    if under and above:
        return f"<msubsup>{found}{under}{above}</msubsup>"
    if under:
        return f"<msub>{found}{under}</msub>"
    return f"<msup>{found}{above}</msup>" if above else found


def _letter(letter: str) -> str:
    return f"<mi>{escape(_GREEK.get(letter, letter))}</mi>"
