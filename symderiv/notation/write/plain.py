"""`write_plain`: a Term in plain notation; reading it back gives the same Term."""

from __future__ import annotations

from symderiv.notation.term import Term

_SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(5)


def write_plain(term: Term) -> str:
    """The plain text of a Term. `read_plain(write_plain(t)) == t` for every Term that can be read."""
    return _write(term)[0]


def _at(term: Term, level: int) -> str:
    text, own = _write(term)
    return text if own >= level else f"({text})"


def _write(term: Term) -> tuple[str, int]:
    match term.kind:
        case "number" | "symbol" | "constant":
            return term.name, _ATOM
        case "true":
            return "True", _ATOM
        case "add":
            return _sum(term), _SUM
        case "neg":
            return f"-{_at(term.args[0], _PRODUCT)}", _SIGN
        case "mul":
            return _product(term), _PRODUCT
        case "div":
            return f"{_at(term.args[0], _PRODUCT)}/{_at(term.args[1], _POWER)}", _PRODUCT
        case "pow":
            base, exponent = term.args
            shown = f"-{_at(exponent.args[0], _POWER)}" if exponent.kind == "neg" else _at(exponent, _POWER)
            return f"{_at(base, _ATOM)}**{shown}", _POWER
        case "call":
            return f"{term.name}{chr(39) * term.order}({_list(term.args)})", _ATOM
        case "index":
            return f"{_at(term.args[0], _ATOM)}[{_list(term.args[1:])}]", _ATOM
        case "diff":
            return f"D({_list(term.args)})", _ATOM
        case "sum":
            return f"Sum({_list(term.args)})", _ATOM
        case "piecewise":
            return f"Piecewise({_list(term.args)})", _ATOM
        case "case":
            return f"({_list(term.args)})", _ATOM
        case "relation":
            left, right = term.args
            return f"{_at(left, _SUM)} {term.name} {_at(right, _SUM)}", -1
        case "and":
            return " and ".join(_at(arg, -1) for arg in term.args), -2
        case "or":
            return " or ".join(_at(arg, -2) for arg in term.args), -3
        case "equation":
            return f"{_write(term.args[0])[0]} = {_write(term.args[1])[0]}", -4


def _list(terms: tuple[Term, ...]) -> str:
    return ", ".join(_write(term)[0] for term in terms)


def _sum(term: Term) -> str:
    parts: list[str] = []
    for position, arg in enumerate(term.args):
        if position == 0:
            parts.append(_at(arg, _SIGN))
        elif arg.kind == "neg":
            parts.append(f" - {_at(arg.args[0], _SIGN)}")
        else:
            parts.append(f" + {_at(arg, _PRODUCT)}")
    return "".join(parts)


def _product(term: Term) -> str:
    first = term.args[0]
    shown = [_at(first, _POWER) if first.kind == "mul" else _at(first, _PRODUCT)]
    shown += [_at(arg, _POWER) for arg in term.args[1:]]
    return "*".join(shown)
