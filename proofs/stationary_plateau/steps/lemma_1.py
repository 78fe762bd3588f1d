"""Steps of the printed proof that a local maximum is locally constant, which fails at (84).

Source: paper A, Lemma 1; A.3, (80)-(85), the remarks on it in section 4.
Writing: a, b: changes of an output weight; u: a move of its input weights; delta: a radius; e: residual; z,
    T, p: hidden values of one neuron before and after, and their difference; v: its output weight; D: change
    of an output; f: output; y: label; l, L: losses before and after.
"""

from typing import Any

from symplateau.proof import Proof, term


def constant() -> dict[str, Any]:
    proof = Proof("l L")
    same = proof.assume("same", "L = l")
    return proof.qed(proof.state("l >= L", {same: "-1"}, [term(coefficient="1", square="0")]),
                     proof.state("L >= l", {same: "1"}, [term(coefficient="1", square="0")]))


def smallest_radius() -> dict[str, Any]:
    # What is shorter than the least of finitely many radii is shorter than each of them.
    proof = Proof("delta d", vectors="u", indexed="delta")
    least = proof.assume("least", "delta >= d")
    positive = proof.assume("positive", "d > 0")
    short = proof.assume("short", "d**2 > dot(u, u)")
    return proof.qed(proof.state("delta**2 > dot(u, u)", {}, [
        term(short), term(least, least), term(positive, least, coefficient="2")]))


def output_weight() -> dict[str, Any]:
    # (19), (82): only the output weight of one neuron moves.
    proof = Proof("a v e z D l L", indexed="e z D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = (v + a)*z - v*z")
    first = proof.state("L - l = sum(D**2)/2 + sum(e*D)", {after: "1", before: "-1"})
    return proof.qed(first, proof.state("L - l = a**2*sum(z**2)/2 + a*sum(e*z)", {
        first: "1", change: "D/2 + a*z/2 + e"}))


def rises() -> dict[str, Any]:
    # With the sign of <dy, z_1>: alpha <dy, z_1> >= 0.
    proof = Proof("a e z l L", indexed="e z")
    change = proof.assume("change", "L - l = a**2*sum(z**2)/2 + a*sum(e*z)")
    sign = proof.assume("sign", "a*sum(e*z) >= 0")
    moved = proof.assume("moved", "a**2 > 0")
    alive = proof.assume("alive", "sum(z**2) > 0")
    return proof.qed(proof.state("L > l", {change: "1"}, [term(moved, alive, coefficient="1/2"), term(sign)]))


def alone() -> dict[str, Any]:
    proof = Proof("a delta")
    small = proof.assume("small", "delta > a")
    other = proof.assume("other", "delta + a > 0")
    return proof.qed(proof.state("delta**2 > a**2", {}, [term(small, other)]))


def together() -> dict[str, Any]:
    proof = Proof("b delta d", vectors="u")
    small = proof.assume("small", "delta**2 - dot(u, u) > b**2")
    length = proof.assume("length", "d = b**2 + dot(u, u)")
    return proof.qed(proof.state("delta**2 > d", {length: "-1"}, [term(small)]))


def new_values() -> dict[str, Any]:
    proof = Proof("z T p", indexed="z T p")
    zero = proof.assume("zero", "z = 0")
    difference = proof.assume("difference", "p = T - z")
    return proof.qed(proof.state("p = T", {difference: "1", zero: "-1"}))


def both_weights() -> dict[str, Any]:
    # What (84) should say: the factor is the new output weight, v_1 + beta.
    proof = Proof("v b z T p e D l L", indexed="z T p e D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = (v + b)*T - v*z")
    zero = proof.assume("zero", "z = 0")
    difference = proof.assume("difference", "p = T - z")
    moved = proof.state("D = (v + b)*p", {change: "1", zero: "b", difference: "-(v + b)"})
    return proof.qed(proof.state("L - l = (v + b)**2*sum(p**2)/2 + (v + b)*sum(e*p)", {
        after: "1", before: "-1", moved: "D/2 + (v + b)*p/2 + e"}))


def no_output_weight() -> dict[str, Any]:
    # (84) as printed, where v_1 = 0.
    proof = Proof("v b p e l L", indexed="p e")
    idle = proof.assume("idle", "v = 0")
    change = proof.assume("change", "L - l = (v + b)**2*sum(p**2)/2 + (v + b)*sum(e*p)")
    return proof.qed(proof.state("L - l = b**2*sum(p**2)/2 + b*sum(e*p)", {
        change: "1", idle: "(v + 2*b)*sum(p**2)/2 + sum(e*p)"}))


def the_square() -> dict[str, Any]:
    # sigma = t**2, one sample x = y = 1, v_1 = 1, w_1 = 0; u = 1/2, beta = -1/4, of the sign that is asked
    # for: the loss falls.
    proof = Proof("v b w u z T p e D l L", indexed="z T p e D")
    proof.assume("before", "l = sum(e**2)/2")
    proof.assume("after", "L = sum((e + D)**2)/2")
    proof.assume("change", "D = (v + b)*T - v*z")
    proof.assume("here", "z = w**2")
    proof.assume("there", "T = (w + u)**2")
    proof.assume("zero", "z = 0")
    proof.assume("difference", "p = T - z")
    proof.assume("not zero", "p > 0")
    proof.assume("residual", "e = v*z - 1")
    proof.assume("sign", "b*sum(e*p) > 0")
    return proof.refuted(
        {"v": "1", "b": "-1/4", "w": "0", "u": "1/2", "z": ["0"], "T": ["1/4"], "p": ["1/4"], "e": ["-1"],
         "D": ["3/16"], "l": "1/2", "L": "169/512"},
        "L - l = b**2*sum(p**2)/2 + b*sum(e*p)", "L > l")


PROOFS = {
    "constant": constant, "smallest radius": smallest_radius, "output weight": output_weight, "rises": rises,
    "alone": alone, "together": together, "new values": new_values, "both weights": both_weights,
    "no output weight": no_output_weight, "the square": the_square}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
