"""Steps about network embedding and unit replication: what is defined, and stationarity.

Source: paper B, section 4.3; appendix L.1, (20)-(23).
Writing: s, c: beta_l, gamma_l; w, v: input weights of the parent and a direction; x, y: samples and labels;
    p, q and P, Q: positive and negative parts of w.x and of v.x; h: output weight; e: residual; D, E:
    tangential derivatives of the parent and of a daughter; g, k: d^v.v and d.v of the parent.
"""

from typing import Any

from symplateau.proof import Proof, term


def zero_beta() -> dict[str, Any]:
    # One ReLU w = (1, 0), x = (1, 0) and (-1, 0), labels 1: flat. A second daughter with beta = 0 falls.
    proof = Proof("h y p q P Q e c E", vectors="w u v x", indexed="y p q P Q e x")
    proof.assume("parts", "dot(w, x) = p - q")
    proof.assume("positive part", "p >= 0")
    proof.assume("negative part", "q >= 0")
    proof.assume("apart", "p*q = 0")
    proof.assume("residual", "e = h*p - y")
    proof.assume("stationary", "sum(e*p) = 0")
    proof.assume("tangential", "dot(w, u) = 0")
    proof.assume("flat", "dot(x, u) = 0")
    proof.assume("new parts", "dot(v, x) = P - Q")
    proof.assume("new positive part", "P >= 0")
    proof.assume("new negative part", "Q >= 0")
    proof.assume("new apart", "P*Q = 0")
    proof.assume("daughter", "E = c*h*sum(e*P)")
    return proof.refuted(
        {"h": "1", "c": "1", "w": ["1", "0"], "u": ["0", "1"], "v": ["-1", "0"],
         "x": [["1", "0"], ["-1", "0"]], "y": ["1", "1"], "p": ["1", "0"], "q": ["0", "1"],
         "P": ["0", "1"], "Q": ["1", "0"], "e": ["0", "-1"], "E": "-1"}, "E >= 0")


def kink(proof: Proof) -> None:
    """ReLU, one sample on the kink; the loss rises to one side and is level on the other."""
    proof.assume("on the kink", "dot(w, x) = 0")
    proof.assume("residual", "e = -1*y")
    proof.assume("tangential", "dot(w, v) = 0")
    proof.assume("value", "p = dot(v, x)")
    proof.assume("positive leg", "p >= 0")
    proof.assume("parent", "D = h*e*p")
    proof.assume("stationary", "D >= 0")
    proof.assume("one", "sum(s*c) = 1")
    proof.assume("positive", "s > 0")
    proof.assume("daughter", "E = c*D")


VALUES = {"w": ["0", "1"], "x": ["1", "0"], "v": ["1", "0"], "y": "-1", "e": "1", "h": "1", "p": "1",
          "D": "1", "s": ["1", "1"], "c": ["2", "-1"], "E": ["2", "-1"]}


def negative_gamma() -> dict[str, Any]:
    proof = Proof("y e h p D s c E", vectors="w x v", indexed="s c E")
    kink(proof)
    return proof.refuted(VALUES, "E >= 0")


def printed_23() -> dict[str, Any]:
    # (23): the first sum lacks gamma, the second the samples on the kink, which d without v leaves out.
    proof = Proof("y e h p D s c E g k", vectors="w x v", indexed="s c E")
    kink(proof)
    proof.assume("slope", "g = e*p")
    proof.assume("slope without the kink", "k = 0")
    return proof.refuted(VALUES | {"g": "1", "k": "0"}, "E = h*g", "E = c*h*k")


def some_gamma_is_positive() -> dict[str, Any]:
    # If no gamma were positive, sum beta gamma = 1 would not be.
    proof = Proof("s c", indexed="s c")
    one = proof.assume("one", "sum(s*c) = 1")
    positive = proof.assume("positive", "s > 0")
    none = proof.assume("none", "0 >= c")
    return proof.qed(proof.state("0 >= 1", {one: "1"}, [term(positive, none)]))


def falls_with_its_parent() -> dict[str, Any]:
    # A daughter with gamma > 0 falls where the parent falls.
    proof = Proof("c D E")
    daughter = proof.assume("daughter", "E = c*D")
    weight = proof.assume("weight", "c > 0")
    parent = proof.assume("parent", "0 > D")
    return proof.qed(proof.state("0 > E", {daughter: "-1"}, [term(weight, parent)]))


PROOFS = {
    "zero beta": zero_beta,
    "negative gamma": negative_gamma,
    "printed 23": printed_23,
    "some gamma is positive": some_gamma_is_positive,
    "falls with its parent": falls_with_its_parent,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
