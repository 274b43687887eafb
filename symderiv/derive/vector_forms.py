"""The Jacobian over y = f(z), over other heads, over z alone; and the second derivative."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from symderiv.derive.step import Form
from symderiv.derive.vector_fold import Factored, factored, has_delta, shallow
from symderiv.derive.vector_routes import Problem, Worker
from symderiv.errors import UnsupportedError
from symderiv.notation.term import Term, call, diff, index, neg, sym

_OUTERS: tuple[Callable[[Term], Term], ...] = (
    lambda u: call("exp", u),
    lambda u: call("exp", neg(u)),
    lambda u: call("log", u),
    neg,
)
"""What another head may be of y: e^y, e^-y, log y, -y."""


def vector_forms(problem: Problem, closed: Term) -> Iterator[Form]:
    """Over y where f's own values are enough, else over other heads; then over z alone."""
    own = call(problem.record.name, problem.vector)
    y = sym("y")
    display = closed.rebuild(lambda node: y if node == own else None)
    yield _form("display", display, problem, closed)
    output = _by_outputs(problem, display)
    if output is not None:
        back = output.rebuild(lambda node: own if node == y else None)
        yield _form("output", output, problem, back)
    plain = problem.catalog.unfold(closed)
    yield _form("input", plain, problem, plain)


def _form(kind: Literal["display", "output", "input"], term: Term, problem: Problem, value: Term) -> Form:
    verdict = problem.prover.prove(problem.start, value)
    return Form(kind, term, _uses(term, problem), (), verdict)


def _uses(term: Term, problem: Problem) -> tuple[str, ...]:
    names = ["y"] if "y" in term.free_symbols() else []
    names += [name for name in sorted(term.functions()) if problem.catalog.find(name)]
    called = {node.args[0] for node in term.walk() if node.kind == "call" and node.args}
    loose = any(node.kind == "index" and node.args[0] == problem.vector for node in term.walk())
    if loose or problem.vector in called:
        names.append(problem.record.variable)
    return tuple(names)


def _by_outputs(problem: Problem, display: Term) -> Term | None:
    """The display form with other heads written over y, such as softmax(z)[j] = e^{y[j]} for log_softmax."""
    for head in {node.args[0].name: node.args[0] for node in display.walk() if _is_head(node)}.values():
        for outer in _OUTERS:
            claim = index(head, problem.row), outer(problem.component(problem.row))
            if problem.prover.prove(*claim).status == "proved":
                display = _over_outputs(display, head, outer)
                break
    return None if problem.record.variable in display.free_symbols() else display


def _over_outputs(term: Term, head: Term, outer: Callable[[Term], Term]) -> Term:
    def written(node: Term) -> Term | None:
        if node.kind == "index" and node.args[0] == head:
            return outer(index(sym("y"), *node.args[1:]))
        return None

    return term.rebuild(written)


def _is_head(node: Term) -> bool:
    return node.kind == "index" and node.args[0].kind == "call"


def second_forms(worker: Worker, closed: Factored) -> Iterator[Form]:
    """∂²f[i]/∂z[j]∂z[l] over the heads, by the product rule and the first derivative."""
    problem = worker.problem
    taken = problem.record.names() | {problem.other}
    third = next(letter for letter in ("l", "m", "p", "q") if letter not in taken)
    y, own = sym("y"), call(problem.record.name, problem.vector)
    target = index(problem.vector, sym(third))
    try:
        raw = factored(shallow(worker.differentiated(closed.term(), target))).term()
    except UnsupportedError:
        return
    verdict = problem.prover.prove(diff(problem.start, target), raw)
    if verdict.status != "proved":
        return
    term = raw.rebuild(lambda node: y if node == own else None)
    if has_delta(term) or term.kind == "number":
        yield Form(
            "output" if _uses(term, problem) in ((), ("y",)) else "display",
            term,
            _uses(term, problem),
            (),
            verdict,
        )
