"""Verdicts: proved, refuted with a witness, or undecided."""

from symderiv.prove.prover import Prover as Prover
from symderiv.prove.verdict import Verdict as Verdict
