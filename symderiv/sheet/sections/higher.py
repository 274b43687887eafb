"""Derivatives of higher order: the recurrence, each order, the known triangle, values at a point."""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.derive.algebra import join_product
from symderiv.derive.higher import Higher, Pattern
from symderiv.derive.higher_triangles import Match, Triangle
from symderiv.derive.higher_values import At
from symderiv.notation.term import Term, add, call, diff, div, equation, neg, num, power, sym, total
from symderiv.sheet.document import Block, Boxed, Display, Formula, Maths, Paragraph, Section
from symderiv.sheet.sections.numeric import parse
from symderiv.sheet.sections.page import Page, equals
from symderiv.sheet.sentences import Value, listed

N, K = sym("n"), sym("k")


def higher(page: Page) -> Section | None:
    """The section, where higher derivatives were asked for."""
    found = page.subject.higher
    if found is None:
        return None
    blocks = [*_orders(page, found)]
    if found.pattern is not None:
        blocks += _pattern(page, found, found.pattern)
    if page.subject.at is not None:
        blocks += _values(page, page.subject.at)
    return Section("higher", page.say("higher.title"), tuple(blocks))


def left_side(page: Page, n: int) -> Term:
    """f', f'', f''', then D(f(x), x, n)."""
    subject = page.subject
    if n <= _PRIMES:
        return call(subject.name, subject.variable, order=n)
    return diff(subject.applied, subject.variable, n)


_PRIMES = 3


def _orders(page: Page, found: Higher) -> Iterator[Block]:
    if found.letters:
        pairs = [
            (Maths(equals(diff(letter, page.subject.variable), slope)),) for letter, slope in found.letters
        ]
        yield Paragraph(page.say("higher.letters", list=listed(pairs)))
    elif found.pattern is None:
        yield Paragraph(page.say("higher.rules"))
    lines = []
    for order in found.orders:
        written = order.term.substitute({page.subject.output.name: page.subject.whole})
        lines.append((equals(left_side(page, order.n), written), page.mark(order.step.verdict)))
    yield Display(tuple(lines))


def _pattern(page: Page, found: Higher, pattern: Pattern) -> Iterator[Block]:
    letter, variable = pattern.letter, page.subject.variable
    slots: dict[str, Value] = {
        "letter": letter,
        "slope": pattern.slope,
        "letter_slope": equation(diff(letter, variable), pattern.slope),
        "y": page.subject.output,
    }
    if pattern.rate is None:
        yield Paragraph(page.say("higher.recurrence", **slots))
    else:
        rate = equation(diff(page.subject.output, variable), pattern.rate)
        yield Paragraph(page.say("higher.recurrence_factor", rate=rate, **slots))
    order = N if not pattern.start else add(N, num(pattern.start))
    shown = power(letter, K)
    yield Paragraph(page.say("higher.coefficients", power=shown, order=order, rule=pattern.rule))
    if pattern.logistic is not None:
        yield from _logistic(page, pattern)
        return
    for match in pattern.matches[:1]:
        triangle = match.triangle
        rule = _sum(_rule(triangle))
        said: dict[str, Value] = {
            "left": call("c", N, K),
            "right": closed_form(match),
            "triangle": rule,
            "first": num(triangle.first),
            "name": page.say(f"higher.triangle.{triangle.id}"),
            "factorial": page.say(f"higher.factorial_{match.weight}") if match.weight else (),
        }
        yield Paragraph(page.say("higher.closed", **said))
        yield Boxed(_whole(page, found, pattern, match))


def _logistic(page: Page, pattern: Pattern) -> Iterator[Block]:
    """The closed form by way of v = (y - low)/(high - low), which is a logistic function."""
    found = pattern.logistic
    assert found is not None
    subject, v = page.subject, sym("v")
    moved = subject.applied if not found.low else add(subject.applied, num(-found.low))
    width = found.high - found.low
    meaning = moved if width == 1 else div(moved, num(width))
    slope = join_product(num(found.speed), v, add(num(1), neg(v)))
    triangle = found.match.triangle
    said: dict[str, Value] = {
        "meaning": equation(v, meaning),
        "slope": equation(diff(v, subject.variable), slope),
        "name": page.say(f"higher.triangle.{triangle.id}"),
        "triangle": _sum(_rule(triangle)),
        "first": num(triangle.first),
    }
    yield Paragraph(page.say("higher.logistic", **said))
    first = triangle.first - found.match.right
    last = add(N, num(first)) if first else N
    summed = total(join_product(closed_form(found.match), power(v, K)), K, num(first), last)
    left = Term("diff", (subject.applied, subject.variable, N))
    yield Boxed(equals(left, join_product(num(width), summed)))


def _rule(triangle: Triangle) -> list[tuple[Term, Term]]:
    """The summands of T(n, k): a factor, and an entry of the row above."""
    return [
        (triangle.above_left, call("T", add(N, num(-1)), add(K, num(-1)))),
        (triangle.above, call("T", add(N, num(-1)), K)),
        (triangle.above_right, call("T", add(N, num(-1)), add(K, num(1)))),
    ]


def closed_form(match: Match) -> Term:
    """scale sign**n ratio**k w(k) T(n + down, k + right)."""
    factors: list[Term] = []
    scale, alternating = match.scale, match.ratio == -1 and match.scale < 0
    if alternating:  # -(-1)**k is (-1)**(k - 1)
        scale = -scale
    for base, exponent in ((match.ratio, _shifted(K, -1) if alternating else K), (match.sign, N)):
        if base != 1:
            factors.append(power(num(base), exponent))
    if match.weight:
        factors.append(call("w", K))
    place = [N if not match.down else add(N, num(match.down)), _shifted(K, match.right)]
    whole = join_product(*factors, call("T", *place))
    if scale == 1:
        return whole
    return neg(whole) if scale == -1 else join_product(num(scale), whole)


def _shifted(term: Term, by: int) -> Term:
    return term if not by else add(term, num(by))


def _whole(page: Page, found: Higher, pattern: Pattern, match: Match) -> Formula:
    """D(f(x), x, n) = factor Σ_k c(n - start, k) letter**k."""
    letter = pattern.letter.substitute({page.subject.output.name: page.subject.whole})
    first = match.triangle.first - match.right
    last = add(N, num(first)) if first else N
    body = join_product(closed_form(match), power(letter, K))
    if pattern.start:
        body = body.substitute({"n": add(N, num(-pattern.start))})
    low = first if match.triangle.id not in _DOWN else 0
    if match.down and not match.right:
        low, last = 1, add(N, num(1))
    summed = total(body, K, num(low), last)
    if pattern.rate is not None:
        summed = join_product(page.subject.whole, summed)
    left = Term("diff", (page.subject.applied, page.subject.variable, N))
    return equals(left, summed)


_DOWN = frozenset({"hermite", "hermite-probability", "tangent", "hyperbolic-tangent"})
"""Triangles whose rows begin at 0, below the place where row 0 stands."""


def _sum(parts: list[tuple[Term, Term]]) -> Term:
    kept = []
    for weight, what in parts:
        if weight == num(0):
            continue
        negative = weight.kind == "neg"
        size = weight.args[0] if negative else weight
        product = what if size == num(1) else join_product(size, what)
        kept.append(neg(product) if negative else product)
    return kept[0] if len(kept) == 1 else add(*kept)


def _values(page: Page, found: At) -> Iterator[Block]:
    variable, point = page.subject.variable, num(found.point)
    yield Paragraph(page.say("higher.values", x=variable, point=point))
    lines: list[tuple[Formula, tuple[()]]] = []
    for one in found.values:
        left = page.subject.applied if one.n == 0 else left_side(page, one.n)
        if one.exact is not None:
            lines.append((equals(left, num(one.exact)), ()))
        else:
            lines.append(((left, "≈", parse(one.digits)), ()))
    yield Display(tuple(lines))
    if found.taylor is not None:
        order = found.values[-1].n
        yield Paragraph(page.say("higher.taylor", order=order, x=variable, point=point))
        yield Display((((found.taylor,), ()),))
