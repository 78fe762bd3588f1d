"""Splitting a locally constant neuron of a local minimum gives local minima only.

Let theta be a local minimum of the narrow network at which the parent neuron is locally constant. Then
split(theta, lambda) is a local minimum for every lambda with sum 1.

Source: paper A, Theorem 3, second conclusion; (61)-(67).
Writing: lam: coefficients; v = v_r; u, du: output weights of the daughters and their changes; z, T: sigma
    at w_r.x, and of the moved daughters; rest: what the other neurons add, or their squared moves; a: moves
    of the daughters' input weights; s = sum du, m its mean; N: how many daughters; b, B: squared lengths of
    the narrow and of the wide move; y: label; f, F: outputs; k, l, L, L0: losses.
Scope: all sizes, every activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/theorem-3.2"


def outputs() -> dict[str, Any]:
    # (61a), (64)-(67): near w_r the daughters' hidden values do not move; so neither does what tells the
    # wide network from the narrow one with v_r + sum du.
    proof = Proof("lam u du T v z rest f F", indexed="lam u du T")
    one = proof.assume("one", "sum(lam) = 1")
    share = proof.assume("share", "u = lam*v")
    constant = proof.assume("constant", "T = z")
    narrow = proof.assume("narrow", "f = rest + (v + sum(du))*z")
    wide = proof.assume("wide", "F = rest + sum((u + du)*T)")
    return proof.qed(proof.state("F = f", {
        wide: "1", narrow: "-1", constant: "u + du", share: "z", one: "v*z"}))


def distance() -> dict[str, Any]:
    # (63): the narrow move is at most sqrt(N) times as long.
    proof = Proof("du s m N rest b B", vectors="a", indexed="du a")
    total = proof.assume("total", "s = sum(du)")
    count = proof.assume("count", "N = sum(1)")
    some = proof.assume("some", "N >= 1")
    mean = proof.assume("mean", "s = m*N")
    others = proof.assume("others", "rest >= 0")
    narrow = proof.assume("narrow", "b = rest + s**2")
    wide = proof.assume("wide", "B = rest + sum(du**2) + sum(dot(a, a))")
    more = proof.state("N > 0", {}, [term(some), term()])
    return proof.qed(proof.state(
        "N*B >= b", {wide: "N", narrow: "-1", total: "-2*N*m", count: "N*m**2", mean: "N*m - s"},
        [term(some, others), term(more, square="du - m"), term(more, square="a")]))


def minimum() -> dict[str, Any]:
    # (67d): so the losses agree, and the narrow one is not below that of theta.
    proof = Proof("y f F k l L L0", indexed="y f F")
    same = proof.assume("same", "F = f")
    narrow = proof.assume("narrow", "k = sum((f - y)**2)/2")
    wide = proof.assume("wide", "L = sum((F - y)**2)/2")
    lowest = proof.assume("lowest", "k >= l")
    here = proof.assume("here", "L0 = l")
    return proof.qed(proof.state(
        "L >= L0", {wide: "1", narrow: "-1", same: "(F + f)/2 - y", here: "-1"}, [term(lowest)]))


def prove() -> list[dict[str, Any]]:
    return [outputs(), distance(), minimum()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
