"""How long networks take: worked out, written as a page, exported; by number of parameters.

    python benchmarks/networks.py

Prints a table: parameters, seconds to work out and prove, seconds for the page, seconds for the module.
"""

from __future__ import annotations

import json
import time

from symderiv import api
from symderiv.sheet.backprop.composed import network_files


def layered(inputs: int, hidden: int, classes: int) -> str:
    """A classifier with one hidden layer, over indices."""

    def numbers(*shape: int) -> object:
        if len(shape) == 1:
            return [((7 * k + 3 * shape[0]) % 19) / 10 - 0.9 for k in range(shape[0])]
        return [numbers(*shape[1:]) for _ in range(shape[0])]

    given = {
        "x": numbers(inputs),
        "t": [1.0] + [0.0] * (classes - 1),
        "v": numbers(inputs, hidden),
        "b": numbers(hidden),
        "w": numbers(hidden, classes),
        "d": numbers(classes),
    }
    equations = [
        "h[k] = tanh(Sum(v[j, k]*x[j], j, 1, M) + b[k])",
        "z[c] = Sum(w[k, c]*h[k], k, 1, H) + d[c]",
        "p = softmax(z)",
        "L = -Sum(t[c]*log(p[c]), c, 1, C)",
    ]
    return _file(equations, ["v", "b", "w", "d"], given)


def written_out(inputs: int, hidden: int) -> str:
    """One output over sigmoids, neuron by neuron."""
    equations, names = [], []
    for k in range(1, hidden + 1):
        terms = " + ".join(f"w_{k}_{j}*x_{j}" for j in range(1, inputs + 1))
        equations += [f"z_{k} = {terms} + b_{k}", f"a_{k} = sigmoid(z_{k})"]
        names += [*(f"w_{k}_{j}" for j in range(1, inputs + 1)), f"b_{k}", f"v_{k}"]
    out = " + ".join(f"v_{k}*a_{k}" for k in range(1, hidden + 1))
    equations += [f"s = {out}", "L = (y - s)**2/2"]
    given: dict[str, object] = {name: (7 * k % 19) / 10 - 0.9 for k, name in enumerate([*names, "y"])}
    given |= {f"x_{j}": j / 10 for j in range(1, inputs + 1)}
    return _file(equations, names, given)


def _file(equations: list[str], parameters: list[str], given: dict[str, object]) -> str:
    rows = "\n".join(f"{name} = {json.dumps(value)}" for name, value in given.items())
    head = f'[network]\nequations = {json.dumps(equations)}\nloss = "L"\n'
    return f"{head}parameters = {json.dumps(parameters)}\nlearning_rate = 0.1\n[given]\n{rows}\n"


def main() -> None:
    """Print the table."""
    cases = {
        "layers 3-4-3": layered(3, 4, 3),
        "layers 12-12-4": layered(12, 12, 4),
        "layers 40-40-10": layered(40, 40, 10),
        "written out 5x4": written_out(5, 4),
        "written out 18x10": written_out(18, 10),
    }
    print(f"{'network':20} {'parameters':>10} {'worked':>8} {'page':>8} {'module':>8}  lines proved")
    for name, text in cases.items():
        start = time.perf_counter()
        worked = api.backprop(text)
        done = time.perf_counter()
        network_files(worked)
        page = time.perf_counter()
        made = api.export_network(worked)
        end = time.perf_counter()
        lines = worked.lines()
        proved = sum(line.is_proved for line in lines)
        count = sum(len(worked.network.places(one)) for one in worked.network.parameters)
        problems = f"  {made.problems}" if made.problems else ""
        print(
            f"{name:20} {count:10} {done - start:8.2f} {page - done:8.2f} {end - page:8.2f}"
            f"  {proved} of {len(lines)}{problems}"
        )


if __name__ == "__main__":
    main()
