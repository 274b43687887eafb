"""`write_plain`: a Term in plain notation; reading it back gives the same Term."""

from __future__ import annotations

from symderiv.notation.term import Term

_CLAIM, _OR, _AND, _RELATION, _SUM, _SIGN, _PRODUCT, _POWER, _ATOM = range(-4, 5)

_Written = dict[int, tuple[str, int]]


def write_plain(term: Term) -> str:
    """The plain text of a Term. `read_plain(write_plain(t)) == t` for every Term that can be read."""
    written: _Written = {}
    for node in reversed(list(term.walk())):
        # Innermost first: every argument is already written, so a deep Term needs no deep call.
        if id(node) not in written:
            written[id(node)] = _write(node, written)
    return written[id(term)][0]


def _at(term: Term, level: int, written: _Written) -> str:
    text, own = written[id(term)]
    return text if own >= level else f"({text})"


def _write(term: Term, written: _Written) -> tuple[str, int]:
    match term.kind:
        case "number" | "symbol" | "constant":
            return term.name, _ATOM
        case "add":
            return _sum(term, written), _SUM
        case "neg":
            return f"-{_at(term.args[0], _PRODUCT, written)}", _SIGN
        case "mul":
            return _product(term, written), _PRODUCT
        case "div":
            numerator, denominator = term.args
            return f"{_at(numerator, _PRODUCT, written)}/{_at(denominator, _POWER, written)}", _PRODUCT
        case "pow":
            return _power(term, written), _POWER
        case "relation":
            left, right = term.args
            return f"{_at(left, _SUM, written)} {term.name} {_at(right, _SUM, written)}", _RELATION
        case "and":
            return " and ".join(_at(arg, _RELATION, written) for arg in term.args), _AND
        case "or":
            return " or ".join(_at(arg, _AND, written) for arg in term.args), _OR
        case "equation":
            left, right = term.args
            return f"{_at(left, _OR, written)} = {_at(right, _OR, written)}", _CLAIM
        case _:
            return _structure(term, written), _ATOM


def _structure(term: Term, written: _Written) -> str:
    match term.kind:
        case "call":
            return f"{term.name}{chr(39) * term.order}({_list(term.args, written)})"
        case "index":
            return f"{_at(term.args[0], _ATOM, written)}[{_list(term.args[1:], written)}]"
        case "diff":
            return f"D({_list(term.args, written)})"
        case "sum":
            return f"Sum({_list(term.args, written)})"
        case "prod":
            return f"Prod({_list(term.args, written)})"
        case "at":
            return f"At({_list(term.args, written)})"
        case "limit":
            return f"limit({_list(term.args, written)})"
        case "piecewise":
            return f"Piecewise({_list(term.args, written)})"
        case "case":
            return f"({_list(term.args, written)})"
        case _:
            return "True"


def _list(terms: tuple[Term, ...], written: _Written) -> str:
    return ", ".join(written[id(term)][0] for term in terms)


def _sum(term: Term, written: _Written) -> str:
    text = _at(term.args[0], _SIGN, written)
    for arg in term.args[1:]:
        if arg.kind == "neg":
            text += f" - {_at(arg.args[0], _PRODUCT, written)}"
        else:
            text += f" + {_at(arg, _PRODUCT, written)}"
    return text


def _product(term: Term, written: _Written) -> str:
    first = term.args[0]
    shown = [_at(first, _POWER if first.kind == "mul" else _PRODUCT, written)]
    shown += [_at(arg, _POWER, written) for arg in term.args[1:]]
    return "*".join(shown)


def _power(term: Term, written: _Written) -> str:
    base, exponent = term.args
    if exponent.kind == "neg":
        return f"{_at(base, _ATOM, written)}**-{_at(exponent.args[0], _POWER, written)}"
    return f"{_at(base, _ATOM, written)}**{_at(exponent, _POWER, written)}"
