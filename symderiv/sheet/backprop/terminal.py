"""A network worked out, for a terminal: every formula in plain notation, numbers with twelve digits."""

from __future__ import annotations

from symderiv.network.backward import Adjoint, Gradient
from symderiv.network.model import Node
from symderiv.network.paths import paths
from symderiv.network.values import Values
from symderiv.network.worked import Worked
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.backprop.shown import figures
from symderiv.sheet.environment import make_environment, render
from symderiv.sheet.escape import escape_text
from symderiv.sheet.formats.base import Options

_DIGITS = 12
_MOST_VALUES = 8
_MARKS = {"proved": "✓", "undecided": "?", "refuted": "✗"}
_ASCII = {"✓": "ok", "✗": "WRONG", "≈": "~", "δ": "delta", "∂": "d", "·": "*"}
_FEW = 2


def terminal(worked: Worked, options: Options) -> str:
    """The text of `symderiv backprop`."""
    lines = worked.lines()
    values = {
        "network": worked.network,
        "nodes": [_node(worked, node) for node in worked.network.nodes],
        "deltas": [_delta(worked, one) for one in worked.backward.adjoints],
        "gradients": [_gradient(worked, one) for one in worked.backward.gradients],
        "quotients": worked.quotients,
        "agreeing": sum(one.agrees for one in worked.quotients),
        "borders": worked.borders,
        "lines": len(lines),
        "proved": sum(one.is_proved for one in lines),
    }
    environment = make_environment(options.templates, escape=escape_text)
    environment.filters |= {"plain": write_plain}
    text = render(environment, "text/backprop.txt.j2", values)
    if options.ascii:
        text = "".join(_ASCII.get(letter, letter) for letter in text)
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def _node(worked: Worked, node: Node) -> tuple[Term, Term, str]:
    numbers = worked.numbers
    return node.whole, node.body, "" if numbers is None else _values(numbers.forward[node.name])


def _delta(worked: Worked, one: Adjoint) -> tuple[str, Term, Term, str]:
    numbers = worked.numbers
    return one.symbol, one.value, one.left, "" if numbers is None else _values(numbers.deltas[one.name])


def _gradient(worked: Worked, one: Gradient) -> dict[str, object]:
    name, numbers = one.adjoint.name, worked.numbers
    return {
        "left": one.adjoint.left,
        "chain": _chain(worked, name),
        "plain": one.plain,
        "value": "" if numbers is None else _values(numbers.gradients[name]),
        "updated": _values(numbers.updates[name]) if numbers and numbers.updates else "",
        "mark": _MARKS[worked.verdict(name)],
    }


def _values(values: Values) -> str:
    """One number, or the first numbers of an array."""
    shown = [figures(value, _DIGITS) for value in list(values.values())[:_MOST_VALUES]]
    texts = [
        write_plain(one.term).replace("*10**(", "e").replace("*10**", "e").replace(")", "") for one in shown
    ]
    if set(values) == {()}:
        return f"{'≈' if shown[0].rounded else '='} {texts[0]}"
    more = f", ... ({len(values)})" if len(values) > _MOST_VALUES else ""
    return f"= [{', '.join(texts)}{more}]"


def _chain(worked: Worked, name: str) -> str:
    """The factors of each path, or of the uses where there are many."""
    ways = paths(worked, name)
    if any(factor.letters for way in ways.shown for factor in way.factors):
        return write_plain(worked.backward.by_name[name].chain)
    shown = ["*".join(write_plain(factor.start) for factor in way.factors) for way in ways.shown[:_FEW]]
    more = f" + ... ({ways.count} paths)" if ways.count > _FEW else ""
    return " + ".join(shown) + more
