"""Local derivatives, the backward pass in δ, and the gradient of each parameter path by path."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from symderiv.derive.algebra import join_product, join_sum, tidy
from symderiv.network.backward import Adjoint, Gradient
from symderiv.network.local import Local
from symderiv.network.model import entry
from symderiv.network.paths import Paths, paths
from symderiv.notation.term import ONE, Term, diff, mul, neg, sym
from symderiv.prove.balls import Number
from symderiv.sheet.backprop.forward import summary, table
from symderiv.sheet.backprop.page import MOST_SHOWN, NetPage, by_pattern, some
from symderiv.sheet.backprop.shown import figures
from symderiv.sheet.document import Aligned, Block, Boxed, Line, Maths, Paragraph, Prose, Section
from symderiv.sheet.sections.page import equals

_FEW_PATHS = 4


def locals_(page: NetPage) -> Section:
    """Each ∂u/∂v, rule by rule; those of one pattern once."""
    found = {
        f"{local.of}/{local.by}": local
        for adjoint in page.worked.backward.by_name.values()
        for local in adjoint.locals
    }
    groups = [(key, [key]) for key in found]
    if len(found) > MOST_SHOWN * 2:
        groups = list(by_pattern((key, (one.start, one.value)) for key, one in found.items()))
    blocks: list[Block] = [Paragraph(page.say("locals.intro"))]
    for first, keys in groups:
        blocks.append(_local(page, found[first]))
        if len(keys) > 1:
            others = [_left(page, found[key]) for key in keys[1 : 1 + MOST_SHOWN // 2]]
            blocks.append(
                Paragraph(page.say("locals.likewise", count=len(keys), list=some(others, len(keys) - 1)))
            )
    return Section("locals", page.say("title.locals"), tuple(blocks))


def _left(page: NetPage, local: Local) -> Prose:
    return (Maths((page.shown.term(local.start),)),)


def _local(page: NetPage, local: Local) -> Aligned:
    lines = [Line(page.shown.term(local.steps[0].before))] if local.steps else []
    lines += [
        Line(page.shown.term(step.after), page.cite(step.rule), step.verdict.status) for step in local.steps
    ]
    lines += _numbers(page, local.value)
    return Aligned(page.shown.term(local.start), tuple(lines))


def _numbers(page: NetPage, value: Term) -> list[Line]:
    """The formula with numbers, and its value; nothing for a number, or with indices."""
    numbers = page.worked.numbers
    if numbers is None or value.kind == "number" or not page.is_plain(value):
        return []
    return page.in_numbers(value, figures(numbers.of(page.worked.meaning.unfolded(value))))


def backward(page: NetPage) -> Section:
    """δ for each node, from the loss downwards."""
    back = page.worked.backward
    by_name = {one.name: one for one in back.adjoints}
    groups = [(name, [name]) for name in by_name]
    if len(groups) > MOST_SHOWN:
        groups = list(by_pattern((name, (one.chain, one.value)) for name, one in by_name.items()))
    blocks: list[Block] = [
        Paragraph(page.say("backward.intro", loss=page.shown.term(sym(page.worked.network.loss))))
    ]
    for first, names in groups:
        blocks += _adjoint(page, by_name[first])
        if len(names) > 1 and page.worked.numbers is not None:
            blocks.append(_others(page, [by_name[name] for name in names]))
    return Section("backward", page.say("title.backward"), tuple(blocks))


def _others(page: NetPage, group: Sequence[Adjoint]) -> Block:
    numbers = page.worked.numbers
    assert numbers is not None
    values = {one.symbol: numbers.deltas[one.name][()] for one in group}
    return summary(page, list(values), values)


def _symbol(adjoint: Adjoint) -> Term:
    return entry(adjoint.symbol, adjoint.left.args[1:] if adjoint.left.kind == "index" else ())


def _adjoint(page: NetPage, adjoint: Adjoint) -> list[Block]:
    """δ_z = ∂L/∂z = δ_a ∂a/∂z = δ_a a (1 - a) = numbers."""
    loss = sym(page.worked.network.loss)
    show = page.shown.term
    derivative = diff(loss, adjoint.left)
    lines = [Line(show(derivative))]
    if adjoint.chain != derivative:
        lines.append(Line(show(adjoint.chain), page.cite("chain-rule"), "proved"))
    lines.append(Line(show(adjoint.value), page.cite("local-derivatives"), adjoint.verdict.status))
    lines += _shorter(page, adjoint)
    lines += _unit_sums(page, adjoint)
    numbers = page.worked.numbers
    lines += _numbers(page, adjoint.value)
    blocks: list[Block] = [Aligned(show(_symbol(adjoint)), tuple(lines))]
    if numbers is not None and adjoint.left.kind == "index":
        blocks.append(table(page, adjoint.name, numbers.deltas[adjoint.name], sym(adjoint.symbol)))
    return blocks


def _shorter(page: NetPage, adjoint: Adjoint) -> list[Line]:
    """The δ of later values put in, where that makes the formula shorter: p - y, a - y."""
    if adjoint.full_verdict is None or adjoint.full is None:
        return []
    return [Line(page.shown.term(adjoint.full), page.cite("cancel"), adjoint.full_verdict.status)]


def _unit_sums(page: NetPage, adjoint: Adjoint) -> list[Line]:
    """p Σ t - t as p - t where the given t add up to 1, as the probabilities of classes do."""
    given = page.worked.network.given
    if adjoint.full is None or not given:
        return []

    def visit(part: Term) -> Term | None:
        if part.kind != "sum" or part.args[0].kind != "index":
            return None
        vector, *places = part.args[0].args
        array = given.get(vector.name)
        whole = array is not None and len(array.shape) == 1 and places == [part.args[1]]
        return ONE if whole and array is not None and sum(array.entries.values()) == 1 else None

    put = adjoint.full.rebuild(visit)
    if put == adjoint.full:
        return []
    return [Line(page.shown.term(_tidied(put)), page.cite("unit-sum"), "proved")]


def _tidied(term: Term) -> Term:
    return tidy(term.with_args(*map(_tidied, term.args))) if term.args else term


def gradients(page: NetPage) -> Section:
    """For each parameter: the paths from the loss, their factors in chain order, the gradient."""
    back = page.worked.backward
    by_name = {one.adjoint.name: one for one in back.gradients}
    groups = [(name, [name]) for name in by_name]
    if len(groups) > MOST_SHOWN:
        items = ((name, (one.adjoint.chain, one.adjoint.value)) for name, one in by_name.items())
        groups = list(by_pattern(items))
    blocks: list[Block] = [Paragraph(page.say("gradients.intro"))]
    for first, names in groups:
        blocks += _gradient(page, by_name[first])
        numbers = page.worked.numbers
        if len(names) > 1 and numbers is not None:
            values: dict[str, Number] = {name: numbers.gradients[name][()] for name in names}
            blocks.append(_likewise(page, names, values))
    return Section("gradients", page.say("title.gradients"), tuple(blocks))


def _likewise(page: NetPage, names: list[str], values: dict[str, Number]) -> Block:
    loss = page.shown.term(sym(page.worked.network.loss))
    shown: list[Prose] = []
    for name in names[1 : 1 + MOST_SHOWN // 2]:
        found = figures(values[name])
        left = diff(loss, page.shown.term(sym(name)))
        shown.append((Maths((left, "≈" if found.rounded else "=", found.term)),))
    return Paragraph(page.say("gradients.likewise", count=len(names), list=some(shown, len(names) - 1)))


def _gradient(page: NetPage, gradient: Gradient) -> list[Block]:
    adjoint = gradient.adjoint
    numbers, show = page.worked.numbers, page.shown.term
    derivative = diff(sym(page.worked.network.loss), adjoint.left)
    ways = paths(page.worked, adjoint.name)
    blocks: list[Block] = []
    if ways.count > 1:
        key = "gradients.paths" if ways.complete else "gradients.many_paths"
        blocks.append(Paragraph(page.say(key, count=ways.count, parameter=show(adjoint.left))))
    lines = _chain_lines(page, adjoint, ways)
    lines.append(Line(show(adjoint.value), page.cite("local-derivatives"), adjoint.verdict.status))
    lines += _numbers(page, adjoint.value)
    blocks.append(Aligned(show(derivative), tuple(lines)))
    if adjoint.full is not None and adjoint.full != adjoint.value:
        label = page.say("gradients.without_delta")
        blocks.append(Boxed(equals(show(derivative), show(adjoint.full)), label))
    if numbers is not None and adjoint.left.kind == "index":
        head = diff(sym(page.worked.network.loss), show(sym(adjoint.name)))
        blocks.append(table(page, adjoint.name, numbers.gradients[adjoint.name], head))
    return blocks


def _chain_lines(page: NetPage, adjoint: Adjoint, ways: Paths) -> list[Line]:
    """The factors of every path in chain order, then the same with δ for what was found before."""
    show = page.shown.term
    lines: list[Line] = []
    scalar = all(not factor.letters for way in ways.shown for factor in way.factors)
    if ways.complete and scalar and len(ways.shown) <= _FEW_PATHS:
        whole = join_sum(*(join_product(*(f.start for f in way.factors)) for way in ways.shown))
        lines.append(Line(show(whole), page.cite("chain-rule"), "proved"))
    if not lines or lines[0].term != show(adjoint.chain):
        rule = "found-before" if lines else "chain-rule"
        lines.append(Line(show(adjoint.chain), page.cite(rule), "proved"))
    return lines


def updates(page: NetPage) -> Section | None:
    """w - rate ∂L/∂w for each parameter."""
    worked = page.worked
    numbers, rate = worked.numbers, worked.network.rate
    if numbers is None or rate is None:
        return None
    step = figures(fmpq(rate.numerator, rate.denominator)).term
    taken = {*worked.network.by_name, *worked.network.given}
    eta = sym(next(name for name in ("eta", "alpha", "gamma", "learning_rate") if name not in taken))
    blocks: list[Block] = [Paragraph(page.say("updates.intro", rate=Maths(equals(eta, step))))]
    single = [name for name in worked.network.parameters if not worked.network.letters_of(name)]
    for name in single[:MOST_SHOWN]:
        old, slope = figures(numbers.of(sym(name))), figures(numbers.gradients[name][()])
        new = figures(numbers.updates[name][()])
        moved = join_sum(sym(name), neg(mul(eta, diff(sym(worked.network.loss), sym(name)))))
        body = join_sum(old.term, neg(mul(step, slope.term)))
        lines = (
            Line(page.shown.term(moved), page.cite("gradient-step")),
            Line(body, rounded=slope.rounded),
            Line(new.term, rounded=new.rounded),
        )
        blocks.append(Aligned(new_name(page, name), lines))
    if len(single) > MOST_SHOWN:
        values = {name: numbers.updates[name][()] for name in single}
        blocks.append(summary(page, [single[0], *single[MOST_SHOWN:]], values))
    blocks += [
        table(page, name, numbers.updates[name], new_name(page, name))
        for name in worked.network.parameters
        if worked.network.letters_of(name)
    ]
    return Section("updates", page.say("title.updates"), tuple(blocks))


def new_name(page: NetPage, name: str) -> Term:
    """w_new, with the letters of w."""
    shown = page.shown.term(sym(name)).name
    base, mark, rest = shown.partition("__")
    return sym(f"{base}_new{mark}{rest}")
