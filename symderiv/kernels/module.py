"""`write_module`: kernels as the text of one stand-alone Python module; the same kernels, the same bytes."""

from __future__ import annotations

import pprint
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from symderiv.errors import InputError
from symderiv.kernels.constants import rounded
from symderiv.kernels.kernel import FunctionKernel, Kernel, Precision
from symderiv.kernels.losses import LossKernel
from symderiv.kernels.losses_text import loss_facts, loss_text
from symderiv.kernels.runtime import exported_text
from symderiv.kernels.source import Source, write_program
from symderiv.kernels.templating import module_template
from symderiv.kernels.vectors import VectorKernel
from symderiv.kernels.widening import PREFIX, is_wide

_TAKEN = frozenset(
    {"np", "threading", "annotations", "Any", "Callable", "Sequence", "BLOCK_BYTES", "THREADS"}
)
_RUNTIME = (
    "coefficients",
    "runtime_erf",
    "tables",
    "runtime_wide",
    "runtime_functions",
    "runtime_circular",
    "runtime_composites",
    "runtime",
    "runtime_vectors",
    "runtime_losses",
)
_ARGUMENTS = frozenset({"x", "y", "g", "out"})
"""What the arguments of exported functions are called; a parameter of that name gets an underscore."""
SUFFIXES = {"value": "", "gradient": "_grad", "output": "_grad_from_output"}
_VJP = {"value": "", "gradient": "_vjp", "output": "_vjp_from_output"}
_VECTORS = {
    "softmax": ("_softmax", 0, "_softmax_product", "_softmax_product", 0, "_softmax_jacobian"),
    "log": ("_log_softmax", 1, "_log_vjp", "_log_jvp", 1, "_log_jacobian"),
}


@dataclass(frozen=True, slots=True)
class KernelModule:
    """The functions of a module, scalar and vector, its precision, and what its docstrings say."""

    functions: tuple[FunctionKernel, ...]
    vectors: tuple[VectorKernel, ...]
    precision: Precision
    versions: str
    version: str
    remarks: Mapping[str, str] = field(default_factory=dict)
    losses: tuple[LossKernel, ...] = ()

    def exports(self) -> tuple[str, ...]:
        """The public names. Raises `InputError` where two functions claim one."""
        names: list[str] = []
        for function in self.functions:
            for kernel in function.kernels:
                names.append(function.name + SUFFIXES[kernel.part])
                if _VJP[kernel.part]:
                    names.append(function.name + _VJP[kernel.part])
        for vector in self.vectors:
            names += [vector.name, *(f"{vector.name}_{suffix}" for suffix in ("vjp", "jvp", "jacobian"))]
        for loss in self.losses:
            names += [loss.name, f"{loss.name}_grad", f"{loss.name}_vjp"]
        twice = sorted({name for name in names if names.count(name) > 1 or name in _TAKEN})
        if twice:
            raise InputError(
                f"two things would be called {twice[0]!r}", hint="give one of them another --name"
            )
        hidden = tuple(part.name for loss in self.losses for part in loss.parts)
        return tuple(name for name in names if not name.startswith(hidden)) if hidden else tuple(names)


def facts(module: KernelModule) -> dict[str, Any]:
    """What the module says of itself, as data: enough to prove and measure it again."""
    functions = {
        f.name: {
            "definition": str(f.definition),
            "variable": f.variable,
            "parameters": dict(f.parameters),
            "assumptions": dict(f.record.parameters),
            "kernels": {k.part: _about(k) for k in f.kernels},
            "family": f.record.family,
        }
        for f in module.functions
    }
    vectors = {
        v.name: {
            "definition": str(v.record.concrete),
            "family": v.family,
            "letters": [v.record.variable, v.record.index, v.record.size],
        }
        for v in module.vectors
    }
    found = {
        "schema_version": 1,
        "symderiv": module.version,
        "versions": module.versions,
        "precision": module.precision,
        "functions": functions,
        "vectors": vectors,
    }
    if module.losses:
        found["losses"] = {loss.name: loss_facts(loss) for loss in module.losses}
    return found


def _about(kernel: Kernel) -> dict[str, Any]:
    """The formula of a form in the output; those of the other parts follow from the definition."""
    return {"formula": str(kernel.formula), "side": kernel.side} if kernel.part == "output" else {"side": 0}


def write_module(module: KernelModule) -> str:
    """The text of the module."""
    constants: dict[str, str] = {}
    kernels: list[dict[str, Any]] = []
    plans: list[dict[str, Any]] = []
    functions: list[dict[str, Any]] = []
    single = "_f8" if module.precision == "exact" else "_f4"
    for function in module.functions:
        parameters = [name for name, _ in function.parameters]
        for kernel in function.kernels:
            plan = _plan(function, kernel, parameters, constants, kernels)
            plans.append({**plan, "single": single})
            functions.append(_function(module, function, kernel, plan["name"]))
    named = [(name, repr(rounded(meaning)), meaning) for meaning, name in constants.items()]
    statement = {**facts(module), "constants": {name: meaning for name, _, meaning in named}}
    return module_template().render(
        title=_title(module),
        version=module.version,
        versions=module.versions,
        precision=module.precision,
        has_output=any(f.output is not None for f in module.functions),
        exports=module.exports(),
        facts=pprint.pformat(statement, width=108, sort_dicts=False),
        **_runtime(module),
        constants=named,
        kernels=kernels,
        plans=plans,
        single=single,
        functions=functions,
        vectors=[_vector(vector) for vector in module.vectors],
        losses=[loss_text(loss, module.precision, module.remarks) for loss in module.losses],
    )


def _runtime(module: KernelModule) -> dict[str, Any]:
    """The parts of the runtime as text, and which of them the programs call."""
    kernels = [kernel for function in module.functions for kernel in function.kernels]
    wide = {node.op for kernel in kernels for node in kernel.wide.nodes}
    return {
        "erfc": any(op.removeprefix(PREFIX) in ("erf", "erfcx", "mills") for op in wide),
        "wide": any(map(is_wide, wide)),
        "erf": "erf" in wide or any(node.op == "erf" for kernel in kernels for node in kernel.narrow.nodes),
        **{part: exported_text(part) for part in _RUNTIME},
    }


def _title(module: KernelModule) -> str:
    names = [f.name for f in module.functions] + [v.name for v in module.vectors]
    parts = {part.name for loss in module.losses for part in loss.parts}
    names = [name for name in names if name not in parts] + [loss.name for loss in module.losses]
    listed = ", ".join(names[:6]) + (", ..." if len(names) > 6 else "")
    return f"Verified gradient functions: {listed}."


def _plan(
    function: FunctionKernel,
    kernel: Kernel,
    parameters: Sequence[str],
    constants: dict[str, str],
    kernels: list[dict[str, Any]],
) -> dict[str, Any]:
    stem = f"_{function.name}{SUFFIXES[kernel.part]}_kernel"
    narrow = write_program(kernel.narrow, kernel.variable, constants)
    found: dict[str, Any] = {"name": f"_{function.name}{SUFFIXES[kernel.part]}_plan"}
    same = kernel.narrow == kernel.wide
    wide = narrow if same else write_program(kernel.wide, kernel.variable, constants)
    sources: list[tuple[str, Source]] = [(stem if same else f"{stem}_single", narrow)]
    if not same:
        sources.append((f"{stem}_double", wide))
    for name, source in sources:
        numbers = f"({', '.join(source.numbers)}{',' if len(source.numbers) == 1 else ''})"
        kernels.append({"name": name, "lines": source.lines, "numbers": numbers, "parameters": parameters})
    found |= {"narrow": sources[0][0], "narrow_blocks": narrow.blocks}
    found |= {"wide": sources[-1][0], "wide_blocks": wide.blocks}
    return found


def _function(module: KernelModule, function: FunctionKernel, kernel: Kernel, plan: str) -> dict[str, Any]:
    name = function.name + SUFFIXES[kernel.part]
    parameters = function.parameters
    names = [f"{p}_" if p in _ARGUMENTS else p for p, _ in parameters]
    given = [f"{p}: float = {v!r}" for p, (_, v) in zip(names, parameters, strict=True)]
    keywords = f", *, {', '.join(given)}" if parameters else ""
    passed = f", ({', '.join(names)},)" if parameters else ""
    return {
        "name": name,
        "vjp": function.name + _VJP[kernel.part] if _VJP[kernel.part] else "",
        "first": "y" if kernel.part == "output" else "x",
        "keywords": keywords,
        "passed": passed,
        "plan": plan,
        "doc": module.remarks.get(name, f"{kernel.formula}"),
    }


def _vector(vector: VectorKernel) -> dict[str, Any]:
    value, value_spare, vjp, jvp, spare, jacobian = _VECTORS[vector.family]
    return {
        "name": vector.name,
        "doc": f"{vector.record.concrete}, along the axis.",
        "value": value,
        "value_spare": value_spare,
        "vjp": vjp,
        "jvp": jvp,
        "spare": spare,
        "jacobian": jacobian,
    }
