r"""When a fraction is slashed: `\operatorname{erf}(x/\sqrt{2})`, and when an exponent is too tall for e^."""

from __future__ import annotations

from symderiv.notation.term import Term

_TALL_KINDS = frozenset({"sum", "piecewise", "diff"})


def is_small(term: Term) -> bool:
    """Every fraction of an argument is small and stands as a summand, so that all are slashed."""
    summands = term.args if term.kind == "add" else (term,)
    return all(_slashes(summand) for summand in summands)


def is_tall_exponent(term: Term) -> bool:
    r"""An exponent that needs the line: it holds a sum, cases, a derivative or a fraction of fractions."""
    for node in term.walk():
        if node.kind in _TALL_KINDS:
            return True
        if node.kind == "div" and any(_has_fraction(arg) for arg in node.args):
            return True
    return False


def _slashes(summand: Term) -> bool:
    if summand.kind == "neg":
        summand = summand.args[0]
    if summand.kind == "div":
        return _is_short(summand.args[0]) and _is_root_or_number(summand.args[1])
    return not _has_fraction(summand)


def _has_fraction(term: Term) -> bool:
    """A fraction on the line; those in exponents and under roots are slashed by themselves."""
    stack = [term]
    while stack:
        node = stack.pop()
        if node.kind in {"div", "diff", "sum", "piecewise"}:
            return True
        if node.kind == "pow":
            stack.append(node.args[0])
        elif node.kind != "call" or node.name not in {"exp", "sqrt"}:
            stack.extend(node.args)
    return False


def _is_short(term: Term) -> bool:
    if term.kind == "mul":
        return len(term.args) == 2 and all(_is_letter(arg) for arg in term.args)
    return _is_letter(term)


def _is_letter(term: Term) -> bool:
    return term.kind in {"number", "symbol", "constant", "index"} or _is_root(term)


def _is_root_or_number(term: Term) -> bool:
    return term.kind in {"number", "constant"} or _is_root(term)


def _is_root(term: Term) -> bool:
    if term.kind != "call" or term.name != "sqrt" or term.order:
        return False
    return term.args[0].kind in {"number", "symbol", "constant"}
