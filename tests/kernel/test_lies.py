"""What finds a proof may lie: the kernel multiplies out for itself."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import sympy

from symplateau.errors import ProofError, Undecided
from symplateau.kernel.polynomial import tower
from symplateau.network import Network
from symplateau.proof import Proof
from symplateau.spectrum import diagonalize
from symplateau.stationary import certify_nondegenerate

from .pool import algebra, good, lattice, rejected, spoiled, statement


@pytest.fixture
def liar(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """SymPy finds that everything is zero, everything is equal, and everything is positive."""
    for name in ("expand", "simplify", "factor", "cancel", "together", "nsimplify"):
        monkeypatch.setattr(sympy, name, lambda *args, **kwargs: sympy.S.Zero)
    monkeypatch.setattr(sympy.Expr, "expand", lambda *args, **kwargs: sympy.S.Zero)
    monkeypatch.setattr(sympy.Expr, "equals", lambda *args, **kwargs: True)
    monkeypatch.setattr(sympy.Expr, "__eq__", lambda *args, **kwargs: True)
    monkeypatch.setattr(sympy.Expr, "is_positive", property(lambda self: True), raising=False)
    monkeypatch.setattr(sympy, "diff", lambda *args, **kwargs: sympy.S.Zero)
    yield


FALSE = ["a**2 - b**2 = (a - b)**2", "(a + b)**3 = a**3 + b**3", "a = 0", "1 = 0"]


@pytest.mark.parametrize("formula", FALSE)
def test_a_false_identity(liar: None, formula: str) -> None:
    assert sympy.expand("a") == 0 and sympy.simplify("a - b") == 0
    proof = Proof("a b")
    with pytest.raises(ProofError):
        proof.qed(proof.state(formula))


def test_a_true_identity_all_the_same(liar: None) -> None:
    proof = Proof("a b")
    assert proof.qed(proof.state("(a + b)*(a - b) = a**2 - b**2"))


def test_a_false_inequality(liar: None) -> None:
    proof = Proof("a b")
    with pytest.raises(ProofError):
        proof.qed(proof.state("a*b >= 0", terms=[{"coefficient": "1", "square": "a + b"}]))


def test_the_difference_is_never_handed_over_simplified() -> None:
    problem: dict[str, Any] = {
        "kind": "algebra",
        "scalars": ["a"],
        "vectors": [],
        "indexed": [],
        "hypotheses": {},
        "conclusions": ["0 = 0"],
    }
    found = statement(algebra(problem, {"rule": "combination", "states": "0 = 0", "multipliers": {}}))
    assert found is not None and found["says"]["conclusions"] == ["0 = 0"]


def test_derivatives_are_the_kernels_own(liar: None) -> None:
    tower.cache_clear()
    assert [str(x) for x in tower("t**3 + tanh(t)", 1)] == ["t**3 + tanh(t)", "1 + 3*t**2 + -1*tanh(t)**2"]


def test_a_residual_that_only_seems_to_vanish(liar: None) -> None:
    rejected(spoiled(good("zero residual"), "problem", "y", 0, to="600000001/1000000000"))


def test_eigenvalues_that_are_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy calls a saddle a minimum: no certificate comes of it."""
    wild = Network.from_arrays("softplus", [[1], [2], [-1]], ["-5", "7", "3"], [1], [["1/2"]])
    eigh = np.linalg.eigh
    monkeypatch.setattr(np.linalg, "eigh", lambda matrix: (abs(eigh(matrix)[0]), eigh(matrix)[1]))
    from symplateau.argument import Argument

    argument = Argument(wild)
    try:
        step = certify_nondegenerate(argument)
    except Undecided:
        return
    inertia = argument.facts[step].inertia
    assert inertia is not None and inertia[2] == 0
    hessian = [[float(x.lo) / 2**128 for x in row] for row in argument.facts[step].state(128, 2).hessian()]
    assert min(eigh(np.array(hessian))[0]) > 0


def test_null_vectors_that_are_none() -> None:
    argument = lattice()
    argument.step("zero residual")
    basis, signs, null = diagonalize(argument.facts[0].state(None, 2).hessian())
    assert null, "the Gauss-Newton Hessian of one sample has rank 1"
    given: dict[str, Any] = {
        "basis": [[str(x) for x in row] for row in basis],
        "signs": signs,
        "null": [[str(x) for x in null[0]]],
    }
    step = argument.step("inertia", 0, **given)
    certificate = argument.certificate(step)
    assert statement(certificate) is not None
    rejected(spoiled(certificate, "steps", 1, "null", 0, 1, to="1000001/1000000"))
