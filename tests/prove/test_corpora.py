"""True identities are proved, false ones never: the corpora of this folder, and mutants of them."""

from __future__ import annotations

import contextlib
import importlib.util
import random
import sys
import time
import zlib
from pathlib import Path

import pytest

from symderiv.catalog import load as load_catalog
from symderiv.errors import LimitError, UnsupportedError
from symderiv.prove import Prover
from symderiv.prove.claim import Claim
from symderiv.prove.prover import Ladder


def _module(name: str):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"prove_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


corpus, mutation = _module("corpus"), _module("mutation")
CATALOG = load_catalog()
TRUE = corpus.load("identities.txt")
FALSE = corpus.load("falsehoods.txt")


def prover(assume, **options):
    return Prover(CATALOG, assume, simplify=False, **options)


def test_true_identities_are_never_refuted_and_almost_all_are_proved():
    verdicts = [(pair, prover(pair.assume).prove(pair.left, pair.right)) for pair in TRUE]
    assert [pair.text for pair, verdict in verdicts if verdict.status == "refuted"] == []
    undecided = [pair.text for pair, verdict in verdicts if not verdict.is_proved]
    assert len(TRUE) >= 800
    assert len(undecided) <= 2, undecided


def test_falsehoods_are_refuted_with_a_witness():
    verdicts = [(pair, prover(pair.assume).prove(pair.left, pair.right)) for pair in FALSE]
    assert [pair.text for pair, verdict in verdicts if verdict.status != "refuted"] == []
    assert all(verdict.witness is not None for _, verdict in verdicts)


def proved_without_refuter(left, right, assume) -> str:
    """What the proof half answers when nothing checks it."""
    claim = Claim.of(left, right, CATALOG.unfold)
    if claim.is_indexed():
        return ""
    ladder = Ladder(prover(assume), claim, time.monotonic() + 20)
    return ladder.by_algebra() or ladder.by_cells()


def test_the_proof_half_alone_proves_no_falsehood():
    wrong = []
    for pair in FALSE:
        try:
            if proved_without_refuter(pair.left, pair.right, pair.assume):
                wrong.append(pair.text)
        except (LimitError, UnsupportedError):
            continue
    assert wrong == []


def mutants(pairs, seed, count):
    for pair in pairs:
        if Claim.of(pair.left, pair.right, CATALOG.unfold).is_indexed():
            continue  # mpmath knows no symbolic sizes
        rng = random.Random(seed * 100_003 + zlib.crc32(pair.text.encode()))
        for mutant in mutation.mutants(pair.left, pair.right, pair.assume, rng, count, CATALOG.unfold):
            yield pair, mutant


def check_mutants(pairs, seed, count):
    total = undecided = 0
    for pair, mutant in mutants(pairs, seed, count):
        verdict = prover(pair.assume).prove(mutant.left, mutant.right)
        where = f"{mutant.kind}: {mutant.left} = {mutant.right} at {mutant.point}"
        assert verdict.status != "proved", where
        with contextlib.suppress(LimitError, UnsupportedError):
            assert not proved_without_refuter(mutant.left, mutant.right, pair.assume), where
        total += 1
        undecided += verdict.status == "undecided"
    return total, undecided


def test_mutants_are_not_proved():
    total, undecided = check_mutants(TRUE[::9], seed=3, count=3)
    assert total >= 250
    assert undecided <= total // 100


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_thousands_of_mutants_are_not_proved(seed):
    total, undecided = check_mutants(TRUE, seed=seed, count=5)
    assert total >= 2_000
    assert undecided <= total // 100
