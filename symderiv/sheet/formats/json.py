"""JSON: the contract of `symderiv derive --format json`, and everything else a sheet says."""

from __future__ import annotations

import json
from collections.abc import Iterable

from symderiv.derive.step import Bridge, Derivation, Form, Route, Step
from symderiv.notation.term import Term
from symderiv.notation.write.plain import write_plain
from symderiv.sheet.formats.base import Format, Options
from symderiv.sheet.maths import LatexMaths
from symderiv.sheet.sections.higher import closed_form
from symderiv.sheet.subject import Subject

SCHEMA_VERSION = 1
Json = dict[str, object]


class _Writer:
    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.maths = LatexMaths(subject.functions(), partial=subject.derivation.record.takes_vector)

    def both(self, term: Term) -> Json:
        return {"plain": write_plain(term), "latex": self.maths.term(term)}

    def step(self, step: Step) -> Json:
        return {
            "rule": step.rule,
            "before": write_plain(step.before),
            "after": write_plain(step.after),
            "latex": self.maths.term(step.after),
            "verdict": step.verdict.status,
            "how": step.verdict.how,
            "children": [self.step(child) for child in step.children],
        }

    def form(self, form: Form) -> Json:
        answer = {
            "kind": form.kind,
            **self.both(form.spelled_out),
            "uses": list(form.uses),
            "verdict": form.verdict.status,
            "how": form.verdict.how,
            "note": form.note,
        }
        if form.named:
            named = {name: write_plain(meaning) for name, meaning in form.named}
            answer["short"] = {**self.both(form.term), "named": named}
        return answer

    def route(self, route: Route) -> Json:
        return {
            "id": route.id,
            "start": write_plain(route.start),
            "result": write_plain(route.result),
            "steps": [self.step(step) for step in route.steps],
        }

    def bridge(self, bridge: Bridge) -> Json:
        return {
            "routes": list(bridge.routes),
            "left": write_plain(bridge.left),
            "right": write_plain(bridge.right),
            "verdict": bridge.verdict.status,
            "how": bridge.verdict.how,
        }


def data(subject: Subject) -> Json:
    """The derivation as plain data."""
    derivation, write = subject.derivation, _Writer(subject)
    return {
        "schema_version": SCHEMA_VERSION,
        "name": derivation.name,
        "title": derivation.title,
        "aliases": list(derivation.record.aliases),
        "symbol": derivation.symbol,
        "variable": derivation.variable,
        "parameters": dict(derivation.parameters),
        "definition": write_plain(derivation.definition),
        "equivalents": [
            {**write.both(term), "verdict": verdict.status, "how": verdict.how}
            for term, verdict in derivation.equivalents
        ],
        "derivative": write_plain(derivation.result),
        "latex": write.maths.term(derivation.result),
        "forms": [write.form(form) for form in derivation.forms],
        "second": [write.form(form) for form in derivation.second],
        "steps": [write.step(step) for step in derivation.steps],
        "routes": [write.route(route) for route in derivation.routes[1:]],
        "bridges": [write.bridge(bridge) for bridge in derivation.bridges],
        **_higher(subject, write),
        "summary": summary(derivation.steps),
        "total": total(derivation),
    }


def _higher(subject: Subject, write: _Writer) -> Json:
    """Derivatives of higher order, where they were asked for."""
    found, values = subject.higher, subject.at
    if found is None:
        return {}
    answer: Json = {
        "orders": [
            {
                "n": one.n,
                **write.both(one.applied),
                "output": write_plain(one.term),
                "step": write.step(one.step),
            }
            for one in found.orders
        ]
    }
    if found.pattern is not None:
        answer["recurrence"] = {
            "letter": write_plain(found.pattern.letter),
            "slope": write_plain(found.pattern.slope),
            "coefficients": f"c(n, k) = {found.pattern.rule}",
            "triangles": [
                {
                    "id": one.triangle.id,
                    "closed": write_plain(closed_form(one)),
                    "verdict": one.verdict.status,
                }
                for one in found.pattern.matches
            ],
        }
    if values is not None:
        answer["at"] = {
            "point": str(values.point),
            "values": [
                {"n": v.n, "exact": None if v.exact is None else str(v.exact), "digits": v.digits}
                for v in values.values
            ],
            "taylor": None if values.taylor is None else write_plain(values.taylor),
        }
    return {"higher": answer}


def summary(steps: Iterable[Step]) -> Json:
    """How many steps there are, and how many are proved with everything inside them."""
    verdicts = [_worst(step) for step in steps]
    counted = {status: verdicts.count(status) for status in ("proved", "undecided", "refuted")}
    return {"steps": len(verdicts), **counted}


def total(derivation: Derivation) -> Json:
    """The same over every route."""
    return summary(step for route in derivation.routes for step in route.steps)


def _worst(step: Step) -> str:
    found = {inner.verdict.status for inner in step.walk()}
    return next((status for status in ("refuted", "undecided") if status in found), "proved")


def _render(subject: Subject, options: Options) -> str:
    return json.dumps(data(subject), ensure_ascii=False, indent=2) + "\n"


FORMAT = Format("json", ".json", _render)
