"""The printed steps of section 5: the idea of the proofs, by perturbation.

Source: paper A, section 5; (16)-(26).
Writing: f, F: outputs at theta and theta' (vectors: at all samples), y: labels; e: residuals; D: what the
    outputs move by; v, z, V, Z: output weight and hidden value of a neuron at theta and theta'; T: what
    its part of the output moves by; k, l, K, L: losses of the narrow (small) and the wide network; A, B:
    the parts I and II of (25); du, dv: moves of the daughters' and of the parent's output weight; b, s, t:
    sizes of moves.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term


def decomposition() -> dict[str, Any]:
    # (19): a square around the residual.
    proof = Proof("l L", vectors="f F y")
    here = proof.assume("here", "l = dot(f - y, f - y)/2")
    there = proof.assume("there", "L = dot(F - y, F - y)/2")
    return proof.qed(proof.state(
        "L - l = dot(F - f, F - f)/2 + dot(f - y, F - f)", {there: "1", here: "-1"}))


def parts_of_the_output() -> dict[str, Any]:
    # The change of an output is the sum of the changes of its neurons' parts.
    proof = Proof("v z V Z T f F", indexed="v z V Z T")
    here = proof.assume("here", "f = sum(v*z)")
    there = proof.assume("there", "F = sum(V*Z)")
    part = proof.assume("part", "T = V*Z - v*z")
    return proof.qed(proof.state("F - f = sum(T)", {there: "1", here: "-1", part: "-1"}))


def decomposition_by_neurons() -> dict[str, Any]:
    # (20), (25): D is the sum of the parts T.
    proof = Proof("l L", vectors="e D T", indexed="T")
    here = proof.assume("here", "l = dot(e, e)/2")
    there = proof.assume("there", "L = dot(e + D, e + D)/2")
    total = proof.assume("total", "dot(e, D) = sum(dot(e, T))")
    return proof.qed(proof.state(
        "L - l = dot(D, D)/2 + sum(dot(e, T))", {there: "1", here: "-1", total: "1"}))


def merged_out_of_the_ball() -> dict[str, Any]:
    # Two daughters move their output weights by 1: theta' is within 3/2, the auxiliary point is not.
    proof = Proof("du dv d", indexed="du")
    proof.assume("(33b), (62b)", "dv = sum(du)")
    proof.assume("radius", "d > 0")
    proof.assume("near", "d**2 > sum(du**2)")
    return proof.refuted({"du": ["1", "1"], "dv": "2", "d": "3/2"}, "d**2 > dv**2")


def merged_ball() -> dict[str, Any]:
    # (34a), (63): a ball sqrt(N) times as large is enough for N daughters.
    proof = Proof("du dv N i", indexed="du")
    merged = proof.assume("(33b), (62b)", "dv = sum(du)")
    count = proof.assume("count", "N = sum(1)")
    inverse = proof.assume("inverse", "N*i = 1")
    positive = proof.assume("positive", "N > 0")
    # The gap is N times the sum of (du - dv/N)^2.
    return proof.qed(proof.state("N*sum(du**2) >= dv**2", {
        merged: "-2*dv", inverse: "2*dv*sum(du) - dv**2*N*i - dv**2", count: "N*i**2*dv**2"},
        [term(positive, square="du - dv*i")]))


def after_the_split() -> dict[str, Any]:
    # (22), as Theorem 1 needs it: with Y small against the curvature mu, the term in D is not negative.
    proof = Proof("A K R E mu spread l k L", vectors="e Y D")
    identity = proof.assume("identity", "L - k = dot(Y, D) + dot(D, D)/2 + dot(e, D)")
    bend = proof.assume("curvature", "dot(e, D) >= mu*spread/2")
    schwarz = proof.assume("schwarz", "R*E + dot(Y, D) >= 0")
    size = proof.assume("size", "E = A*K*spread/2")
    close = proof.assume("close", "mu >= R*A*K")
    spread = proof.assume("spread", "spread >= 0")
    return proof.qed(proof.state("L - l >= k - l", {identity: "1", size: "-R"}, [
        term(bend), term(schwarz), term(coefficient="1/2", square="D"),
        term(close, spread, coefficient="1/2")]))


def chain() -> dict[str, Any]:
    # (21) and (22) give (23).
    proof = Proof("k K l L")
    narrow = proof.assume("(21)", "K - k >= 0")
    split = proof.assume("(22)", "L - l >= K - k")
    return proof.qed(proof.state("L - l >= 0", {}, [term(narrow), term(split)]))


def leading_terms() -> dict[str, Any]:
    # (26): with daughters moved by t c_j a, M = sum lambda_j c_j^2, h = a'H_r a, and R tending to 0 with t.
    proof = Proof("t v s2 q e R D M h A B", indexed="s2 q e R D")
    change = proof.assume("change", "D = t**2*v*(M*q**2*s2/2 + R)")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    first = proof.assume("I", "A = sum(D**2)/2")
    second = proof.assume("II", "B = sum(e*D)")
    return proof.qed(
        proof.state("B = t**2*(M*h/2 + v*sum(e*R))", {second: "1", change: "e", curvature: "-t**2*M/2"}),
        proof.state("A = t**4*(v**2*sum((M*q**2*s2/2 + R)**2)/2)", {
            first: "1", change: "(D + t**2*v*(M*q**2*s2/2 + R))/2"}))


def lower_bound() -> dict[str, Any]:
    # What (26) has to mean: |II| is at least c b^2, and I less than c b^2.
    proof = Proof("A B b c")
    second = proof.assume("II", "-(c*b**2) >= B")
    first = proof.assume("I", "c*b**2 > A")
    return proof.qed(proof.state("0 > A + B", {}, [term(first), term(second)]))


def upper_bound_is_not_enough() -> dict[str, Any]:
    # sigma(t) = 1 + t^2, samples 1 and 0, labels 0 and -2, parent v = -1, w = 0: residuals -1 and 1.
    # Coefficients (0, 1); the daughter of coefficient 0 moves to the weights s = b^2 and b, 0 < b < 1.
    proof = Proof("b s D0 D1 A B")
    small = proof.assume("small", "1 > b")
    positive = proof.assume("positive", "b > 0")
    weight = proof.assume("weight", "s = b**2")
    here = proof.assume("sample 0", "D0 = s*(1 + b**2)")
    there = proof.assume("sample 1", "D1 = s")
    first = proof.assume("I", "A = (D0**2 + D1**2)/2")
    second = proof.assume("II", "B = -D0 + D1")

    sizes = {second: "1", here: "-1", there: "1", weight: "-(b**2)"}
    value = proof.state("B = -(b**4)", sizes)
    squares = proof.state("A = b**4*((1 + b**2)**2 + 1)/2", {
        first: "1", here: "(D0 + s*(1 + b**2))/2", there: "(D1 + s)/2",
        weight: "(s + b**2)*((1 + b**2)**2 + 1)/2"})
    # II < 0, |II| <= b^2, I <= 5/2 b^4, all within 2 b: every word of (26). And I + II > 0.
    return proof.qed(
        proof.state("0 > B", {value: "-1"}, [term(*[positive] * 4)]),
        proof.state("b**2 + B >= 0", {value: "1"}, [
            term(small, square="b"), term(positive, small, square="b")]),
        proof.state("5/2*b**4 >= A", {squares: "-1"}, [
            term(small, coefficient="3/2", square="b**2"),
            term(positive, small, coefficient="3/2", square="b**2"),
            term(small, coefficient="1/2", square="b**3"),
            term(positive, small, coefficient="1/2", square="b**3")]),
        proof.state("(2*b)**2 >= s**2 + b**2", {weight: "-(s + b**2)"}, [
            term(coefficient="2", square="b"), term(small, square="b"), term(positive, small, square="b")]),
        proof.state("A + B > 0", {squares: "1", value: "1"}, [
            term(*[positive] * 6), term(coefficient="1/2", square="b**4")]))


def no_second_order_descent() -> dict[str, Any]:
    # The same network: a strict local minimum with a positive definite inner Hessian, split with (1, 0).
    argument = Argument(Network.from_arrays(
        "1 + t**2", X=[["1"], ["0"]], y=["0", "-2"], v=["-1"], W=[["0"]]))
    point = argument.step("stationary point")
    inner = argument.step("inertia", point, neuron=0, basis=[["3/4"]], signs=[1], null=[])
    full: dict[str, Any] = {"basis": [["3/4", "0"], ["0", "3/4"]], "signs": [1, 1], "null": []}
    minimum = argument.step("inertia", inner, **full)
    split = argument.step(
        "split", argument.step("inertia", inner, **full), neuron=0, coefficients=["1", "0"])
    return argument.certificate(minimum, split)


PROOFS = {
    "decomposition": decomposition,
    "parts of the output": parts_of_the_output,
    "decomposition by neurons": decomposition_by_neurons,
    "merged out of the ball": merged_out_of_the_ball,
    "merged ball": merged_ball,
    "after the split": after_the_split,
    "chain": chain,
    "leading terms": leading_terms,
    "lower bound": lower_bound,
    "upper bound is not enough": upper_bound_is_not_enough,
    "no second-order descent": no_second_order_descent,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
