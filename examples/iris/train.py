"""Train the network of iris.toml on the irises that scikit-learn ships.

symderiv backprop examples/iris/iris.toml --export iris_net.py
python examples/iris/train.py iris_net.py
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_iris


def main(path: Path, steps: int = 200) -> list[float]:
    """The loss before each step, printed now and then."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    net = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(net)
    flowers, species = load_iris(return_X_y=True)
    data = {"x": flowers, "t": np.eye(3)[species], "m": net.DATA["m"], "s": net.DATA["s"]}
    parameters, losses = net.PARAMETERS, []
    for count in range(steps):
        parameters, loss = net.step(parameters, data)
        losses.append(loss)
        if count % 50 == 0:
            print(f"step {count:3d}  loss {loss:.4f}")
    right = net.forward(parameters, data)["p"].argmax(axis=-1) == species
    print(f"step {steps:3d}  loss {net.loss_and_grads(parameters, data)[0]:.4f}")
    print(f"{right.sum()} of {right.size} irises are told right")
    return losses


if __name__ == "__main__":
    main(Path(sys.argv[1]))
