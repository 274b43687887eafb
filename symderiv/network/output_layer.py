"""The output layer of any size: E = 1/2 Σ_k (g(z_k) - t_k)², z_k = Σ_j w_jk x_j, for any activation g.

∂E/∂w_jk = (g(z_k) - t_k) g'(z_k) x_j, derived and proved for a g of which nothing is known, and for each
activation of the catalogue with its own derivative in the place of g'.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.catalog import Catalog
from symderiv.network.assembly import assemble
from symderiv.network.examples import examples
from symderiv.network.model import Network
from symderiv.network.toml_file import read_file
from symderiv.network.worked import Worked, work
from symderiv.notation.term import Term, call

_SYMBOL = "g"
_FAMILY = "activation"


def layer(catalog: Catalog, activation: str = "") -> Network:
    """The layer with an activation of the catalogue, or with the symbol g."""
    path = next(path for path in examples() if path.stem == "output_layer")
    found = assemble(read_file(path), catalog)
    if not activation:
        return found

    def visit(node: Term) -> Term | None:
        if node.kind == "call" and node.name == _SYMBOL:
            return call(activation, *(arg.rebuild(visit) for arg in node.args), order=node.order)
        return None

    nodes = tuple(replace(node, body=node.body.rebuild(visit)) for node in found.nodes)
    return replace(found, name=f"{found.name}_{activation}", nodes=nodes, functions=())


def layers(catalog: Catalog) -> Iterator[tuple[str, Worked]]:
    """("", for the symbol g), then (name, worked) for every activation of one variable."""
    yield "", work(layer(catalog))
    for record in catalog.records():
        if record.family == _FAMILY and not record.size and not record.target:
            yield record.name, work(layer(catalog, record.name))
