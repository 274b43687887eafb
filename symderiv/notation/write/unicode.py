"""`write_unicode`: a Term on one line of Unicode mathematics, for terminals: `e⁻ˣ/(1 + e⁻ˣ)²`.

A bracket stands wherever two readings would differ, as in plain notation; exponents and indices are
raised and lowered where Unicode has the letters, and written with `^` and `[ ]` where it has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symderiv.notation.term import Term
from symderiv.notation.write.unicode_scripts import latex_unicode, lowered, name_unicode, raised

_CLAIM, _OR, _AND, _RELATION, _SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(9)
_RELATIONS = {"<=": "≤", ">=": "≥", "!=": "≠", "==": "="}
_CONSTANTS = {"pi": "π", "e": "e"}

_Written = dict[int, tuple[str, int]]


def write_unicode(term: Term, functions: Mapping[str, str] | None = None, *, partial: bool = False) -> str:
    """The Unicode text of a Term.

    `functions` gives LaTeX letters as for `write_latex`, `partial` writes ∂ for d.
    """
    return _Writer(dict(functions or {}), "∂" if partial else "d").write(term)


@dataclass(frozen=True, slots=True)
class _Writer:
    functions: Mapping[str, str]
    d: str

    def write(self, term: Term) -> str:
        """Innermost first, as in `write_plain`: a deep Term needs no deep call."""
        written: _Written = {}
        for node in reversed(list(term.walk())):
            if id(node) not in written:
                written[id(node)] = self._write(node, written)
        return written[id(term)][0]

    def _write(self, term: Term, written: _Written) -> tuple[str, int]:
        match term.kind:
            case "number":
                return term.name, _ATOM
            case "symbol":
                return name_unicode(term.name), _ATOM
            case "constant":
                return _CONSTANTS[term.name], _ATOM
            case "add":
                return _sum(term, written), _SUM
            case "neg":
                return f"−{_at(term.args[0], _PRODUCT, written)}", _SIGN
            case "mul":
                return _product(term, written), _PRODUCT
            case "div":
                above, below = term.args
                return f"{_at(above, _PRODUCT, written)}/{_at(below, _POWER, written)}", _PRODUCT
            case "pow":
                return _power(term, written), _POWER
            case "call":
                return self._call(term, written)
            case "diff":
                return self._diff(term, written), _ATOM
            case "relation":
                left, right = (_at(arg, _SUM, written) for arg in term.args)
                return f"{left} {_RELATIONS.get(term.name, term.name)} {right}", _RELATION
            case "and":
                return " and ".join(_at(arg, _RELATION, written) for arg in term.args), _AND
            case "or":
                return " or ".join(_at(arg, _AND, written) for arg in term.args), _OR
            case "equation":
                left, right = (_at(arg, _OR, written) for arg in term.args)
                return f"{left} = {right}", _CLAIM
            case _:
                return _structure(term, written)

    def _call(self, term: Term, written: _Written) -> tuple[str, int]:
        (first, *_), name = term.args, term.name
        text = written[id(first)][0]
        if name not in self.functions and not term.order:
            if name == "exp" and (high := raised(text)) is not None:
                return f"e{high}", _POWER
            if name == "sqrt":
                return f"√{_at(first, _ATOM, written)}", _POWER
            if name == "Abs":
                return f"|{text}|", _ATOM
            if name == "transpose":
                return f"{_at(first, _ATOM, written)}ᵀ", _POWER
            if (
                name == "delta"
                and (low := lowered("".join(written[id(arg)][0] for arg in term.args))) is not None
            ):
                return f"δ{low}", _ATOM
            if name in {"hadamard", "inner"}:
                sign = " ⊙ " if name == "hadamard" else ", "
                inside = sign.join(_at(arg, _PRODUCT, written) for arg in term.args)
                return (f"({inside})" if name == "hadamard" else f"⟨{inside}⟩"), _ATOM
        letter = latex_unicode(self.functions[name]) if name in self.functions else name_unicode(name)
        return f"{letter or name}{'′' * term.order}({_list(term.args, written)})", _ATOM

    def _diff(self, term: Term, written: _Written) -> str:
        body, variable, *order = term.args
        count = written[id(order[0])][0] if order else ""
        high = raised(count) if count else ""
        high = high if high is not None else f"^{count}"
        name = _at(variable, _ATOM, written)
        return f"{self.d}{high}/{self.d}{name}{high}[{written[id(body)][0]}]"


def _at(term: Term, level: int, written: _Written) -> str:
    text, own = written[id(term)]
    return text if own >= level else f"({text})"


def _list(terms: tuple[Term, ...], written: _Written) -> str:
    return ", ".join(written[id(term)][0] for term in terms)


def _sum(term: Term, written: _Written) -> str:
    text = _at(term.args[0], _SIGN, written)
    for arg in term.args[1:]:
        if arg.kind == "neg":
            text += f" − {_at(arg.args[0], _PRODUCT, written)}"
        else:
            text += f" + {_at(arg, _PRODUCT, written)}"
    return text


def _product(term: Term, written: _Written) -> str:
    """Dots between factors, none between a number and the letter or bracket after it: `2x`, `2·e⁻ˣ`."""
    first = term.args[0]
    text = _at(first, _POWER if first.kind == "mul" else _PRODUCT, written)
    for before, arg in zip(term.args, term.args[1:], strict=False):
        shown = _at(arg, _POWER, written)
        bare = before is first and before.kind == "number" and (arg.kind == "symbol" or shown.startswith("("))
        text += shown if bare else f"·{shown}"
    return text


def _power(term: Term, written: _Written) -> str:
    base, exponent = term.args
    text = written[id(exponent)][0]
    high = raised(text)
    shown = _at(base, _ATOM, written)
    return f"{shown}{high}" if high is not None else f"{shown}^{_at(exponent, _ATOM, written)}"


def _structure(term: Term, written: _Written) -> tuple[str, int]:
    match term.kind:
        case "index":
            base, *indices = term.args
            inside = [written[id(one)][0] for one in indices]
            low = lowered("".join(inside)) if all(len(one) == 1 for one in inside) else None
            shown = _at(base, _ATOM, written)
            return (f"{shown}{low}" if low is not None else f"{shown}[{', '.join(inside)}]"), _ATOM
        case "sum":
            _, bound, first, last = (written[id(arg)][0] for arg in term.args)
            low, high = lowered(f"{bound}={first}"), raised(last)
            over = f"{low}{high}" if low and high else f"[{bound} = {first}…{last}]"
            return f"Σ{over} {_at(term.args[0], _PRODUCT, written)}", _SIGN
        case "piecewise":
            return "{" + "; ".join(written[id(arg)][0] for arg in term.args) + "}", _ATOM
        case "case":
            value, condition = (written[id(arg)][0] for arg in term.args)
            otherwise = term.args[1].kind == "true"
            return (f"{value} otherwise" if otherwise else f"{value} if {condition}"), _CLAIM
        case _:
            return "true", _ATOM
