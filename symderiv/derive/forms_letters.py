"""The vocabulary of a form: y, the inverse of the outermost layer in y, and heads of the variable.

Inverse layers come from peeling the definition from outside: y = c*log(u) + d gives exp((y - d)/c) = u, and
so on. Heads are the calls that the definition is written with, what their derivatives need, and catalogue
functions of the same arguments; no function has an entry of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from symderiv.catalog import Catalog
from symderiv.derive.algebra import join_power, join_product, join_quotient, join_sum, literal, negate
from symderiv.derive.present import present
from symderiv.derive.present_writer import cost
from symderiv.field.eliminate import Letter
from symderiv.notation.term import ONE, Term, add, call, const, div, mul, neg, num, power, sym

_EXPONENTIAL = frozenset({"exp", "sinh", "cosh", "tanh", "sech", "csch", "coth"})
_CIRCULAR = frozenset({"sin", "cos", "tan", "sec", "csc", "cot"})
_MAX_ARGUMENTS = 4
_MAX_HEADS = 9
_TWO = num(2)


def depends(term: Term, variable: str) -> bool:
    """Does the variable occur free?"""
    return variable in term.free_symbols()


def calls(term: Term, variable: str) -> tuple[Term, ...]:
    """Calls and powers with a variable exponent or base root, outermost first, each once."""
    found: dict[Term, None] = {}
    for node in term.walk():
        if not depends(node, variable):
            continue
        if (node.kind == "call" and node.order == 0) or (node.kind == "pow" and not _is_whole(node.args[1])):
            found.setdefault(node)
    return tuple(found)


def _is_whole(exponent: Term) -> bool:
    value = literal(exponent)
    return value is not None and value.denominator == 1


# the inverse layer


def inverse_letters(plain: Term, variable: str, output: Term) -> tuple[tuple[Letter, ...], ...]:
    """Groups of letters in y that undo the outermost transcendental layer of y = plain."""
    peeled = peel(plain, variable, output)
    if peeled is None:
        return ()
    core, value = peeled
    value = present(value)
    if core.kind == "pow":
        if core.args[0] == const("e"):
            return ((_letter(call("log", value), core.args[1]),),)
        if depends(core.args[1], variable):
            return ((_letter(call("log", value), mul(core.args[1], call("log", core.args[0]))),),)
        root = power(value, present(div(ONE, core.args[1])))
        return ((_letter(root, core.args[0]),),)
    return tuple(_layers(core.name, core.args[0], value))


def _letter(shown: Term, meaning: Term, price: int = 4) -> Letter:
    return Letter(shown, meaning, price)


def _layers(name: str, u: Term, y: Term) -> Iterator[tuple[Letter, ...]]:
    """Letters for core(u) = y, by what undoes `name`."""
    square = power(u, _TWO)
    if name == "log":
        yield (_letter(call("exp", y), u),)
        yield (_letter(call("exp", negate(y)), div(ONE, u)),)
    elif name == "exp":
        yield (_letter(call("log", y), u),)
    elif name in ("sinh", "tanh", "erf", "tan", "sin"):
        if name != "erf":
            inverse = {"sinh": "asinh", "tanh": "atanh", "tan": "atan", "sin": "asin"}[name]
            yield (_letter(call(inverse, y), u),)
    elif name in ("atan", "asin", "acos"):
        root = call("sqrt", add(ONE, square if name == "atan" else neg(square)))
        cosine, sine = {
            "atan": (div(ONE, root), div(u, root)),
            "asin": (root, u),
            "acos": (u, root),
        }[name]
        yield (_letter(call("cos", y), cosine),)
        yield (_letter(call("sin", y), sine),)
        yield (_letter(call("cos", y), cosine), _letter(call("sin", y), sine, 5))
        double = present(mul(_TWO, y))
        twice = (
            _letter(call("sin", double), mul(_TWO, sine, cosine)),
            _letter(call("cos", double), add(mul(_TWO, power(cosine, _TWO)), neg(ONE))),
        )
        yield (twice[0],)
        yield (twice[1],)
    elif name in ("asinh", "acosh", "atanh"):
        if name == "atanh":
            yield (_letter(call("cosh", y), div(ONE, call("sqrt", add(ONE, neg(square))))),)
            yield (_letter(call("tanh", y), u),)
        else:
            root = call("sqrt", add(square, ONE if name == "asinh" else neg(ONE)))
            pair = (root, u) if name == "asinh" else (u, root)
            yield (_letter(call("cosh", y), pair[0]),)
            yield (_letter(call("cosh", y), pair[0]), _letter(call("sinh", y), pair[1]))


def peel(term: Term, variable: str, value: Term) -> tuple[Term, Term] | None:
    """The outermost call or power in which the variable sits, and its value when the whole is `value`."""
    while True:
        inside = [i for i, arg in enumerate(term.args) if depends(arg, variable)]
        if term.kind == "call" and term.order == 0 and len(term.args) == 1:
            if term.name != "sqrt":
                return term, value
            term, value = term.args[0], join_power(value, _TWO)
            continue
        if term.kind == "pow" and term.args[0] == const("e"):
            return term, value
        if term.kind == "pow" and not _is_whole(term.args[1]):
            return term, value
        if len(inside) != 1 or term.kind not in ("add", "mul", "neg", "div", "pow"):
            return None
        term, value = _peel_one(term, inside[0], value)
        if term.kind == "symbol":
            return None


def _peel_one(term: Term, position: int, value: Term) -> tuple[Term, Term]:
    others = [arg for i, arg in enumerate(term.args) if i != position]
    inner = term.args[position]
    match term.kind:
        case "neg":
            return inner, negate(value)
        case "add":
            return inner, join_sum(value, *(negate(arg) for arg in others))
        case "mul":
            return inner, join_quotient(value, join_product(*others))
        case "div":
            return inner, (mul(value, others[0]) if position == 0 else join_quotient(others[0], value))
        case _:
            exponent = literal(term.args[1]) or Fraction(1)
            if exponent == -1:
                return inner, div(ONE, value)
            return Term("symbol", name=""), value


# heads


def heads(
    definition: Term, plain: Term, variable: str, catalog: Catalog, fits: Callable[[Term], bool]
) -> tuple[Term, ...]:
    """Functions of the variable that a form may name, the ones of the definition first."""
    own = calls(definition, variable)
    inner = calls(plain, variable)
    found: dict[Term, None] = {}
    for head in (*own, *companions(inner, plain), *_recognised(inner, variable, catalog), *inner):
        if head not in found and fits(head):
            found[head] = None
    return tuple(found)[:_MAX_HEADS]


def companions(inner: tuple[Term, ...], plain: Term) -> Iterator[Term]:
    """What the derivatives of the calls are made of."""
    for node in inner:
        if node.kind == "pow":
            if node.args[0] != const("e"):
                yield call("log", node.args[0])
            continue
        u = node.args[0] if node.args else plain
        square = power(u, _TWO)
        match node.name:
            case "sin" | "cos" | "tan":
                yield call("cos" if node.name == "sin" else "sin", u)
                yield call("tan", u)
            case "sinh" | "cosh" | "sech":
                yield call("tanh", u)
                yield call("sinh" if node.name == "cosh" else "cosh", u)
            case "erf" | "erfc":
                yield call("exp", present(neg(square)))
            case "asin" | "acos":
                yield call("sqrt", add(ONE, neg(square)))
            case "asinh":
                yield call("sqrt", add(ONE, square))
            case "acosh":
                yield call("sqrt", add(square, neg(ONE)))
            case "log":
                for part in calls(u, next(iter(sorted(u.free_symbols())), "")):
                    if part.kind == "call" and part.name in ("cosh", "cos", "sinh", "sin"):
                        yield call("tanh" if part.name.endswith("h") else "tan", part.args[0])
            case _:
                pass


def _recognised(inner: tuple[Term, ...], variable: str, catalog: Catalog) -> Iterator[Term]:
    """Catalogue functions, without parameters, of the arguments that occur."""
    families = {_family(node.name) for node in inner if node.kind == "call"}
    families |= {"exp" for node in inner if node.kind == "pow" and node.args[0] == const("e")}
    known = families | ({"exp"} if "erf" in families else set())
    arguments: dict[Term, None] = {}
    for node in inner:
        if node.kind != "call" or _family(node.name) not in ("exp", "erf"):
            continue
        u = node.args[0]
        u = u.args[0] if u.kind == "neg" else u
        arguments.setdefault(u)
        if node.name in ("erf", "erfc") and u.kind == "div":
            arguments.setdefault(u.args[0])
    simple = [u for u in arguments if not calls(u, variable)]
    for u in sorted(simple, key=lambda u: (cost(u), str(u)))[:_MAX_ARGUMENTS]:
        for record in catalog.records():
            if record.takes_vector or record.parameters or record.constants:
                continue
            spelled = catalog.unfold(record.concrete)
            names = {_family(name) for name in spelled.functions()} - {"sqrt"}
            if names and names <= known and not _kinked(spelled):
                yield call(record.name, u)


def _family(name: str) -> str:
    if name in _EXPONENTIAL:
        return "exp"
    if name in _CIRCULAR:
        return "sin"
    return "erf" if name == "erfc" else name


def _kinked(term: Term) -> bool:
    return any(n.kind == "piecewise" or n.name in ("Abs", "sign", "Max", "Min") for n in term.walk())


def output_letter(names: frozenset[str]) -> Term:
    """The letter of the output: y, unless the definition uses that name for something else."""
    return sym(next(name for name in ("y", "f", "w", "v", "y_1") if name not in names))
