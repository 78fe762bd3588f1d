"""Theorem 1 with a number: on which ball a split point is a local minimum.

Let L >= L(theta) on the ball of radius rho around the narrow point theta, and all lambda_j > 0 (first
case), or one > 0 and all others < 0 (second case). On the ball of radius delta around split(theta, lambda)
the loss is nowhere smaller if there: no daughter's output weight, nor their sum v, is 0; C**2 >= N and
(second case) C**2 >= |lam|**2, lam the perturbed coefficients; C delta <= rho; and |a| K A <= mu. Here a is
v (second case: minus the positive daughter's output weight), mu a lower bound of the eigenvalues of a sum_k
e_k sigma''(x_k.u) x_k x_k', K**2 >= sum_k sup|sigma''|**2 |x_k|**4, and A >= how far the narrow outputs
move; the goal has it in full.

Source: own; makes paper A, Theorem 1 explicit, (34) and (45) with their constants.
Writing: N: number of daughters; lam: perturbed coefficients, Q = |lam|**2, i = 1/Q; dv: changes of the
    daughters' output weights, V: their sum, a: their mean; w, o, m: input weights of the daughters, of the
    parent, sum lam*w; C: the square of the constant; rest, r, D: squared moves of the other neurons, of the
    narrow, of the wide point; Y: moves of the narrow outputs, g: squared lengths of gradients, J: a bound
    of their sum.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "S/split-minimum"


def convex() -> dict[str, Any]:
    # First case: positive coefficients with sum 1 have a norm of at most 1, so N alone decides.
    proof = Proof("lam", indexed="lam")
    one = proof.assume("one", "sum(lam) = 1")
    positive = proof.assume("positive", "lam >= 0")
    proper = proof.assume("proper", "1 - lam >= 0")
    return proof.qed(proof.state("1 >= sum(lam**2)", {one: "-1"}, [term(positive, proper)]))


def closeness() -> dict[str, Any]:
    # (34), (45): the narrow point of comparison has v_r + V and m in the parent's place.
    proof = Proof("lam dv V N a Q i C rest r D", vectors="w o m", indexed="lam dv w")
    count = proof.assume("count", "N = sum(1)")
    some = proof.assume("some", "N > 0")
    total = proof.assume("total", "V = sum(dv)")
    mean = proof.assume("mean", "N*a = V")
    norm = proof.assume("norm", "Q = sum(lam**2)")
    inverse = proof.assume("inverse", "Q*i = 1")
    positive = proof.assume("positive", "i > 0")
    center = proof.assume("center", "dot(m - o, m - o) = sum(lam*dot(w - o, m - o))")
    narrow = proof.assume("narrow", "r = rest + V**2 + dot(m - o, m - o)")
    wide = proof.assume("wide", "D = rest + sum(dv**2) + sum(dot(w - o, w - o))")
    others = proof.assume("others", "rest >= 0")
    unit = proof.assume("unit", "C >= 1")
    daughters = proof.assume("daughters", "C >= N")
    shares = proof.assume("shares", "C >= Q")

    # Cauchy-Schwarz, for the output weights and for the input weights.
    output = proof.state("N*sum(dv**2) - V**2 >= 0", {total: "-2*N*a", mean: "-(N*a - V)", count: "N*a**2"},
                         [term(some, square="dv - a")])
    spread = proof.state("Q*sum(dot(w - o, w - o)) - dot(m - o, m - o) >= 0", {
        inverse: "dot(m - o, m - o) - Q*sum(dot(w - o, w - o))", center: "-2*i*Q",
        norm: "i*dot(m - o, m - o)"}, [term(positive, square="Q*(w - o) - lam*(m - o)")])

    # So narrow distances are at most C**(1/2) times the wide ones.
    return proof.qed(spread, proof.state("C*D >= r", {wide: "C", narrow: "-1"}, [
        term(unit, others), term(daughters, square="dv"), term(output),
        term(shares, square="w - o"), term(spread)]))


def output_moves() -> dict[str, Any]:
    # Mean values: the narrow outputs move by at most (J C)**(1/2) times the wide distance.
    proof = Proof("Y g J C r D", indexed="Y g")
    schwarz = proof.assume("schwarz", "g*r - Y**2 >= 0")
    total = proof.assume("total", "J >= sum(g)")
    size = proof.assume("size", "J >= 0")
    distance = proof.assume("distance", "r >= 0")
    close = proof.assume("close", "C*D >= r")
    return proof.qed(proof.state("J*C*D >= sum(Y**2)", {}, [
        term(size, close), term(total, distance), term(schwarz)]))


def prove() -> list[dict[str, Any]]:
    return [convex(), closeness(), output_moves()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
