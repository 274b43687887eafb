"""The networks that come with symderiv: files to look at, to change, and to work out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def examples() -> tuple[Path, ...]:
    """The files, the simple ones first."""
    folder = Path(str(files(__name__)))
    order = ("one_neuron", "two_neurons", "two_neurons_layer", "classifier", "output_layer")
    found = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    return tuple(found[name] for name in (*order, *(name for name in found if name not in order)))
