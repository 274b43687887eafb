r"""The whole pipeline, readable in one screen: read, derive, prove, write.

derivation = derive("swish")                 # or derive("x*tanh(log(1 + exp(x)))")
verdict = prove("D(sigmoid(x), x)", "sigmoid(x)*(1 - sigmoid(x))")
page = sheet("swish", format="markdown")
report = check(Path("notes.tex"))           # or check(r"\sigma'(x) = \sigma(x)(1 - \sigma(x))")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from symderiv.catalog import Catalog, load
from symderiv.catalog.symbol import checked_symbol
from symderiv.check.report import CheckReport
from symderiv.derive.lemmas import Lemmas
from symderiv.derive.lines import Detail
from symderiv.derive.refusal import refused
from symderiv.derive.scalar import Request, derive_scalar
from symderiv.derive.step import Derivation, Step
from symderiv.derive.target import expression, rational, record_of, variable_of
from symderiv.derive.totals import derive_total
from symderiv.derive.vector import derive_vector
from symderiv.errors import InputError
from symderiv.kernels.kernel import Precision, function_kernel
from symderiv.kernels.live import Live, LiveVector
from symderiv.kernels.live_losses import LiveLoss
from symderiv.kernels.losses import loss_kernel
from symderiv.kernels.vectors import vector_kernel
from symderiv.meaning import read_assumptions
from symderiv.notation.shown import Face, show_as
from symderiv.prove import Prover, Verdict
from symderiv.verify.certificate import THOROUGH, Certificate, certify
from symderiv.verify.export import Export, Steps, Target, make_export
from symderiv.verify.reading import read_module

if TYPE_CHECKING:
    from symderiv.derive.higher import Higher
    from symderiv.derive.higher_values import At
    from symderiv.derive.implicit import Implicit
    from symderiv.network.model import Network
    from symderiv.network.module import NetworkModule
    from symderiv.network.worked import Worked
    from symderiv.notation.term import Term
    from symderiv.sheet.subject import Subject


def derive(
    target: str,
    *,
    wrt: str | None = None,
    name: str | None = None,
    symbol: str | None = None,
    params: Mapping[str, str] | None = None,
    routes: Sequence[str] = (),
    detail: Detail = "textbook",
    catalog: Catalog | None = None,
) -> Derivation:
    """d target / d wrt, step by step, ending in the self-referential form; every line with its verdict.

    `target` is a catalogue name or an expression in plain notation; `params` gives assumptions, as in
    `{"beta": "positive"}`; `routes` asks for routes by id, or `["all"]`. Raises `SymderivError`.
    """
    known = catalog if catalog is not None else load()
    assumed = read_assumptions(params or {})
    letter = None if symbol is None else checked_symbol(symbol)
    record = record_of(target, known, name=name, symbol=letter, params=assumed, wrt=wrt)
    request = Request(record, known, variable_of(record, wrt), tuple(routes), detail)
    if record.is_vector:
        return derive_vector(request)
    if record.is_total:
        return derive_total(request)
    return refused(derive_scalar(request, lemmas(known)))


def higher(
    derivation: Derivation, order: int, at: str | None = None, *, catalog: Catalog | None = None
) -> tuple[Higher, At | None]:
    """The derivatives up to an order, and their values at a rational point. Raises `SymderivError`."""
    from symderiv.derive.higher import higher as found_by
    from symderiv.derive.higher_values import at as values_at

    known = catalog if catalog is not None else load()
    found = found_by(derivation, order, known, lemmas(known))
    if at is None:
        return found, None
    return found, values_at(found, rational(at), known)


def equation_of(target: str, *, catalog: Catalog | None = None) -> Term | None:
    """The equation that the text is, or None where it is none. Raises `SymderivError`."""
    known = catalog if catalog is not None else load()
    if "=" not in target:
        return None
    claim = known.read(target)
    return claim if claim.kind == "equation" else None


def implicit(
    claim: str | Term,
    *,
    wrt: str | None = None,
    params: Mapping[str, str] | None = None,
    catalog: Catalog | None = None,
) -> Implicit:
    """y' from an equation in x and y, line by line. Raises `SymderivError`."""
    from symderiv.derive.implicit import implicit as found_by

    known = catalog if catalog is not None else load()
    term = known.read(claim) if isinstance(claim, str) else claim
    if term.kind != "equation":
        raise InputError("an equation is due", hint="as in x**2 + y**2 = 1")
    return found_by(term, wrt, None, dict(params or {}), known)


def prove(
    a: str, b: str, *, assume: Mapping[str, str] | None = None, catalog: Catalog | None = None
) -> Verdict:
    """Is a = b for all real values of its symbols where both sides are defined? Raises `SymderivError`."""
    known = catalog if catalog is not None else load()
    prover = Prover(known, read_assumptions(assume or {}))
    return prover.prove(*(expression(known.read(side, symbols=assume or ())) for side in (a, b)))


def subject(
    target: str,
    *,
    wrt: str | None = None,
    name: str | None = None,
    symbol: str | None = None,
    params: Mapping[str, str] | None = None,
    routes: Sequence[str] = (),
    detail: Detail = "textbook",
    catalog: Catalog | None = None,
) -> Subject:
    """What a sheet is about: the derivation, its properties and its check table, computed.

    The options are those of `derive`, but without `routes` there are several, as many as a page can carry.
    """
    from symderiv.sheet.study import MOST_ROUTES, study

    known = catalog if catalog is not None else load()
    derivation = derive(
        target,
        wrt=wrt,
        name=name,
        symbol=symbol,
        params=params,
        routes=routes or ("all",),
        detail=detail,
        catalog=known,
    )
    return study(derivation, known, most_routes=len(derivation.routes) if routes else MOST_ROUTES)


def sheet(
    target: str,
    *,
    format: str = "tex",  # noqa: A002  the option's own name
    wrt: str | None = None,
    name: str | None = None,
    symbol: str | None = None,
    params: Mapping[str, str] | None = None,
    routes: Sequence[str] = (),
    detail: Detail = "textbook",
    catalog: Catalog | None = None,
    templates: str | Path | None = None,
) -> str | bytes:
    """A complete page: "tex", "markdown" or "json", or the bytes of a binary format; options as for `derive`.

    `templates` is a folder that is looked into before the built-in templates. Raises `SymderivError`.
    """
    from symderiv.sheet.formats import Options, find_format

    chosen = find_format(format)
    options = Options(templates=() if templates is None else (Path(templates),))
    found = subject(
        target,
        wrt=wrt,
        name=name,
        symbol=symbol,
        params=params,
        routes=routes,
        detail=detail,
        catalog=catalog,
    )
    return chosen.render(found, options)


@lru_cache(maxsize=8)
def lemmas(catalog: Catalog) -> Lemmas:
    """The lemmas found so far for a catalogue."""
    return Lemmas(catalog)


def kernel(
    derivation: Derivation, precision: Precision = "exact", catalog: Catalog | None = None
) -> Live | LiveVector | LiveLoss:
    """The live NumPy functions of a derivation: f(x), f.grad(x), f.vjp(g, x), ... Raises `SymderivError`."""
    known = catalog if catalog is not None else load()
    if derivation.record.target:
        return LiveLoss(loss_kernel(derivation.record, known, precision=precision), precision)
    if derivation.record.is_vector:
        return LiveVector(vector_kernel(derivation.record, known), precision)
    return Live(
        function_kernel(derivation.record, derivation.variable, known, precision=precision), precision
    )


def export_target(
    target: str,
    *,
    wrt: str | None = None,
    name: str | None = None,
    params: Mapping[str, str] | None = None,
    values: Mapping[str, float] | None = None,
    catalog: Catalog | None = None,
) -> Target:
    """What `export` takes: a catalogue name or an expression, with values for its parameters."""
    known = catalog if catalog is not None else load()
    record = record_of(target, known, name=name, params=read_assumptions(params or {}), wrt=wrt)
    return Target(record, variable_of(record, wrt), tuple((values or {}).items()))


def export(
    targets: Sequence[Target | str],
    *,
    precision: Precision = "exact",
    name: str = "module",
    catalog: Catalog | None = None,
    step: Steps | None = None,
) -> Export:
    """A stand-alone NumPy module of proved and measured gradient functions, and its certificate."""
    from symderiv import __version__

    known = catalog if catalog is not None else load()
    ready = [export_target(one, catalog=known) if isinstance(one, str) else one for one in targets]
    return make_export(ready, known, precision=precision, version=__version__, name=name, step=step)


def verify(
    path: str | Path,
    *,
    catalog: Catalog | None = None,
    points: tuple[int, int] = THOROUGH,
    step: Steps | None = None,
) -> Certificate:
    """Prove and measure an exported module again, from its text; nothing of it is run."""
    known = catalog if catalog is not None else load()
    module = read_module(Path(path), known)
    return certify(module, known, name=Path(path).name, points=points, step=step)


def check(source: str | Path, *, kind: str = "", catalog_files: Sequence[str | Path] = ()) -> CheckReport:
    """A hand derivation, line by line: proved, refuted with both values, right to its digits, or undecided.

    `source` is the text itself, or the path of a .tex, .md or .ipynb file; `kind` ("tex", "md", "ipynb")
    says what a text is, where that cannot be seen. The work is done in a process of its own, under limits.
    Raises `SymderivError`.
    """
    from symderiv.check.source import read_source
    from symderiv.check.supervise import check_document
    from symderiv.sheet.sentences import load_sentences

    text, found = read_source(source) if isinstance(source, Path) else (source, "")
    report = check_document(
        text,
        file=str(source) if isinstance(source, Path) else "",
        kind=kind or found,
        catalog=[str(path) for path in catalog_files],
    )
    return report.worded(load_sentences("en").text)


def load_network(source: str | Path | Mapping[str, object], *, catalog: Catalog | None = None) -> Network:
    """A network from a TOML file, from TOML text, or from its tables as a mapping. Raises `NetworkError`."""
    from symderiv.network.assembly import assemble
    from symderiv.network.toml_file import Source, draft, read_file, read_text

    known = catalog if catalog is not None else load()
    if isinstance(source, Mapping):
        return assemble(draft(source, Source(""), "network"), known)
    if isinstance(source, Path) or "\n" not in source:
        return assemble(read_file(Path(source)), known)
    return assemble(read_text(source), known)


def backprop(
    source: str | Path | Mapping[str, object] | Network, *, catalog: Catalog | None = None
) -> Worked:
    """A network worked out by backpropagation: forward values, chain factors, gradients, updates, verdicts.

    `source` is what `load_network` takes, or a network. Every line is proved, every number is enclosed.
    """
    from symderiv.network.model import Network
    from symderiv.network.worked import work

    network = source if isinstance(source, Network) else load_network(source, catalog=catalog)
    return work(network)


def export_network(
    source: str | Path | Mapping[str, object] | Network | Worked, *, catalog: Catalog | None = None
) -> NetworkModule:
    """A NumPy module with `forward`, `loss_and_grads` and `step` of a network, for whole batches.

    Its gradients are proved, and tried against the exact ones, complex steps and difference quotients;
    `problems` says what did not pass. Raises `NetworkError` for what has no array form.
    """
    from symderiv import __version__
    from symderiv.network.module import export_network as exported
    from symderiv.network.worked import Worked

    worked = source if isinstance(source, Worked) else backprop(source, catalog=catalog)
    return exported(worked, version=__version__)


def _derivation_face(derivation: Derivation) -> Face:
    from symderiv.sheet.faces import derivation_face

    return derivation_face(derivation)


def _step_face(step: Step) -> Face:
    from symderiv.sheet.faces import step_face

    return step_face(step)


def _certificate_face(certificate: Certificate) -> Face:
    from symderiv.sheet.faces import certificate_face

    return certificate_face(certificate)


def _report_face(report: CheckReport) -> Face:
    from symderiv.sheet.faces import formula_cell, table_face

    rows = [
        (
            str(line.line),
            line.verdict,
            formula_cell(line.latex),
            f"{line.diagnosis.id}: {formula_cell(line.diagnosis.fix_latex)}" if line.diagnosis else "",
        )
        for line in report.lines
    ]
    return table_face("report", ("line", "verdict", "formula", "slip"), rows, str(report))


show_as(Certificate, _certificate_face)
show_as(CheckReport, _report_face)
show_as(Derivation, _derivation_face)
show_as(Step, _step_face)
