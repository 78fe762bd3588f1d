"""Steps of the decomposition (12) of the Hessian in one neuron's input weights.

Source: paper A, (11), (12), section 4.1, and Appendix B, (152)-(157).
Writing: v: v_i; e: residual yhat_k - y_k; s1, s2: sigma', sigma'' at w_i.x_k; xj, xl: inputs; f: output; fj,
    fl, fjl: its derivatives in w_ij and w_il; y, Y: label, and label less what the other neurons add (rest);
    z: sigma(w_i.x_k); g: a derivative of the loss; h: a second derivative; H: an entry of (11).
The networks of the witnesses: sigma = t**2, one sample with x = 1 and y = 0, all input weights 1.
"""

from typing import Any

from symplateau.proof import Proof


def symmetric() -> dict[str, Any]:
    proof = Proof("v e s2 xj xl H K", indexed="e s2 xj xl")
    entry = proof.assume("entry", "H = v*sum(e*s2*xj*xl)")
    other = proof.assume("other", "K = v*sum(e*s2*xl*xj)")
    return proof.qed(proof.state("H = K", {entry: "1", other: "-1"}))


def gradient_entry() -> dict[str, Any]:
    # (152): v_i times the product of the residual and z' o x_l.
    proof = Proof("v e s1 xl fl g", indexed="e s1 xl fl")
    slope = proof.assume("slope", "fl = v*s1*xl")
    entry = proof.assume("entry", "g = sum(e*fl)")
    return proof.qed(proof.state("g = v*sum(e*s1*xl)", {entry: "1", slope: "e"}))


def printed_weight() -> dict[str, Any]:
    # One neuron, v = 2: f = 2, dL/dw = e v sigma'(1) = 8. The first line of (153) has no v.
    proof = Proof("v w x y f e s1 g")
    proof.assume("output", "f = v*(w*x)**2")
    proof.assume("residual", "e = f - y")
    proof.assume("slope", "s1 = 2*w*x")
    proof.assume("derivative", "g = e*v*s1*x")
    return proof.refuted({"v": "2", "w": "1", "x": "1", "y": "0", "f": "2", "e": "2", "s1": "2", "g": "8"},
                         "g = e*s1*x")


def two_neurons(names: str) -> Proof:
    """The network with v = (1, 1), w = (1, 1); v, w, z, s1: of the first neuron, V, U: of the other."""
    proof = Proof("v w V U x y f e z s1 s2 " + names)
    proof.assume("hidden value", "z = (w*x)**2")
    proof.assume("slope", "s1 = 2*w*x")
    proof.assume("bend", "s2 = 2")
    proof.assume("output", "f = v*z + V*(U*x)**2")
    proof.assume("residual", "e = f - y")
    return proof


TWO = {"v": "1", "w": "1", "V": "1", "U": "1", "x": "1", "y": "0", "f": "2", "e": "2", "z": "1", "s1": "2",
       "s2": "2"}


def printed_gradient() -> dict[str, Any]:
    proof = two_neurons("g")
    proof.assume("derivative", "g = e*v*s1*x")
    return proof.refuted(TWO | {"g": "4"}, "g = (v*z - y)*v*s1*x")


def printed_hessian() -> dict[str, Any]:
    proof = two_neurons("h")
    proof.assume("second derivative", "h = (v*s1*x)**2 + e*v*s2*x**2")
    return proof.refuted(TWO | {"h": "8"}, "h = (v*s1*x)**2 + (v*z - y)*v*s2*x**2")


def printed_output() -> dict[str, Any]:
    return two_neurons("").refuted(TWO, "f = v*z")


def partial_residual() -> dict[str, Any]:
    # With the label less what the others add, the second line of (153) and (154) are right for every width.
    proof = Proof("v z s1 s2 xj xl y Y rest f e fj fl fjl g h",
                  indexed="z s1 s2 xj xl y Y rest f e fj fl fjl")
    output = proof.assume("output", "f = rest + v*z")
    residual = proof.assume("residual", "e = f - y")
    partial = proof.assume("partial label", "Y = y - rest")
    first = proof.assume("first slope", "fj = v*s1*xj")
    second = proof.assume("second slope", "fl = v*s1*xl")
    bend = proof.assume("bend", "fjl = v*s2*xj*xl")
    gradient = proof.assume("gradient", "g = sum(e*fj)")
    hessian = proof.assume("hessian", "h = sum(fj*fl) + sum(e*fjl)")
    value = proof.state("e = v*z - Y", {residual: "1", output: "1", partial: "1"})
    return proof.qed(
        value,
        proof.state("g = sum((v*z - Y)*v*s1*xj)", {gradient: "1", first: "e", value: "v*s1*xj"}),
        proof.state("h = sum(v*s1*xl*v*s1*xj) + sum((v*z - Y)*v*s2*xj*xl)", {
            hessian: "1", first: "fl", second: "v*s1*xj", bend: "e", value: "v*s2*xj*xl"}))


PROOFS = {
    "symmetric": symmetric,
    "gradient entry": gradient_entry,
    "printed weight": printed_weight,
    "printed gradient": printed_gradient,
    "printed hessian": printed_hessian,
    "printed output": printed_output,
    "partial residual": partial_residual,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
