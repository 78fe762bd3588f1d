"""At a local maximum all hidden values vanish; where it need not be locally constant, and where it must.

Let theta be a local maximum of the loss. Then z_i = 0 for every neuron; a neuron with v_i = 0 is 0 for all
input weights near its own; and |sum_i v_i z'_i o Xa_i|**2 + sum_i a_i'H_i a_i <= 0 for all a_i. If all v_i
are 0, or if sigma'' = 0 != sigma' wherever sigma = 0 (tanh, say), the loss is constant near theta.

Source: amends paper A, Lemma 1; A.3, (80)-(85).
Writing: v: output weight of a neuron, or those of all; z, s1, s2: sigma, sigma', sigma'' at w.x; T: sigma
    elsewhere; q = a.x; o, r: remainders, which tend to 0; i, j: inverses; e: residual; D: change of an
    output; S, B, O: its terms by order; h = a'H_i a, m = |v_i z'_i o Xa|**2, or with sums over i; f, F:
    outputs; k, l, L, P, Q: losses.
Scope: all sizes, every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/lemma-1-amended"


def idle() -> dict[str, Any]:
    # A neuron with output weight 0 may have any input weights: (83), before its output weight moves.
    proof = Proof("v z T rest f F")
    zero = proof.assume("zero", "v = 0")
    here = proof.assume("here", "f = rest + v*z")
    there = proof.assume("there", "F = rest + v*T")
    return proof.qed(proof.state("F = f", {there: "1", here: "-1", zero: "T - z"}))


def parabola() -> dict[str, Any]:
    # (82), (84): in v_i the loss is a parabola that opens upwards unless the hidden values are 0.
    proof = Proof("t i e z k P Q", indexed="e z")
    middle = proof.assume("middle", "k = sum(e**2)/2")
    up = proof.assume("up", "P = sum((e + t*z)**2)/2")
    down = proof.assume("down", "Q = sum((e - t*z)**2)/2")
    above = proof.assume("above", "k >= P")
    below = proof.assume("below", "k >= Q")
    inverse = proof.assume("inverse", "t**2*i = 1")
    positive = proof.assume("positive", "i > 0")
    return proof.qed(proof.state(
        "0 >= sum(z**2)", {middle: "-2*i", up: "i", down: "i", inverse: "sum(z**2)"},
        [term(positive, above), term(positive, below)]))


def second_order() -> dict[str, Any]:
    # Along w_i + t a: the term of first order is 0, and that of second order cannot be positive.
    proof = Proof("t i v z s1 s2 q T o e D h m r l L", indexed="z s1 s2 q T o e D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = v*(T - z)")
    taylor = proof.assume("taylor", "T = z + t*q*s1 + t**2*(q**2*s2/2 + o)")
    stationary = proof.assume("stationary", "v*sum(e*s1*q) = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    slope = proof.assume("slope", "m = sum((v*s1*q)**2)")
    rest = proof.assume("rest", "r = v*sum(e*o) + v**2*t*sum(s1*q*(q**2*s2/2 + o))"
                                " + v**2*t**2*sum((q**2*s2/2 + o)**2)/2")
    highest = proof.assume("highest", "l >= L")
    inverse = proof.assume("inverse", "t**2*i = 1")
    positive = proof.assume("positive", "i > 0")
    step = "v*(t*q*s1 + t**2*(q**2*s2/2 + o))"
    found = proof.state("L - l = t**2*((m + h)/2 + r)", {
        after: "1", before: "-1", change: f"e + (D + {step})/2", taylor: f"v*(e + (D + {step})/2)",
        stationary: "t", curvature: "-t**2/2", slope: "-t**2/2", rest: "-t**2"})
    return proof.qed(proof.state(
        "0 >= (m + h)/2 + r", {found: "i", inverse: "(m + h)/2 + r"}, [term(positive, highest)]))


def moves() -> dict[str, Any]:
    # All input weights move at once, w_i by t a_i: what an output does, by order.
    proof = Proof("t v z s1 s2 q T o D S B O", indexed="v z s1 s2 q T o")
    change = proof.assume("change", "D = sum(v*(T - z))")
    taylor = proof.assume("taylor", "T = z + t*q*s1 + t**2*(q**2*s2/2 + o)")
    slopes = proof.assume("slopes", "S = sum(v*s1*q)")
    bends = proof.assume("bends", "B = sum(v*s2*q**2)")
    rests = proof.assume("rests", "O = sum(v*o)")
    return proof.qed(proof.state("D = t*S + t**2*(B/2 + O)", {
        change: "1", taylor: "v", slopes: "-t", bends: "-t**2/2", rests: "-t**2"}))


def all_neurons() -> dict[str, Any]:
    # As "second order", for all neurons together.
    proof = Proof("t i S B O e D h m r l L", indexed="S B O e D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    moved = proof.assume("moved", "D = t*S + t**2*(B/2 + O)")
    stationary = proof.assume("stationary", "sum(e*S) = 0")
    curvature = proof.assume("curvature", "h = sum(e*B)")
    slope = proof.assume("slope", "m = sum(S**2)")
    rest = proof.assume("rest", "r = sum(e*O) + t*sum(S*(B/2 + O)) + t**2*sum((B/2 + O)**2)/2")
    highest = proof.assume("highest", "l >= L")
    inverse = proof.assume("inverse", "t**2*i = 1")
    positive = proof.assume("positive", "i > 0")
    found = proof.state("L - l = t**2*((m + h)/2 + r)", {
        after: "1", before: "-1", moved: "e + (D + t*S + t**2*(B/2 + O))/2", stationary: "t",
        curvature: "-t**2/2", slope: "-t**2/2", rest: "-t**2"})
    return proof.qed(proof.state(
        "0 >= (m + h)/2 + r", {found: "i", inverse: "(m + h)/2 + r"}, [term(positive, highest)]))


def inflection() -> dict[str, Any]:
    # Where sigma'' = 0 at all samples, H_i = 0 bends nothing down.
    proof = Proof("v s1 s2 q e h m", indexed="s1 s2 q e")
    straight = proof.assume("straight", "s2 = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    slope = proof.assume("slope", "m = sum((v*s1*q)**2)")
    bend = proof.assume("bend", "0 >= m + h")
    return proof.qed(proof.state(
        "0 >= sum((v*s1*q)**2)", {slope: "1", curvature: "1", straight: "v*e*q**2"}, [term(bend)]))


def still() -> dict[str, Any]:
    # Where v_i and all sigma' are not 0, the inputs are.
    proof = Proof("v s1 q i j", indexed="s1 q j")
    product = proof.assume("product", "v*s1*q = 0")
    output = proof.assume("output", "v*i = 1")
    slope = proof.assume("slope", "s1*j = 1")
    return proof.qed(proof.state("q = 0", {product: "i*j", output: "-s1*q*j", slope: "-q"}))


def outputs() -> dict[str, Any]:
    # Neurons that are 0 add nothing.
    proof = Proof("v z f", indexed="v z")
    output = proof.assume("output", "f = sum(v*z)")
    dead = proof.assume("dead", "z = 0")
    return proof.qed(proof.state("f = 0", {output: "1", dead: "v"}))


def losses() -> dict[str, Any]:
    # So the loss is that of the zero function.
    proof = Proof("y f l", indexed="y f")
    zero = proof.assume("zero", "f = 0")
    loss = proof.assume("loss", "l = sum((f - y)**2)/2")
    return proof.qed(proof.state("l = sum(y**2)/2", {loss: "1", zero: "f/2 - y"}))


def prove() -> list[dict[str, Any]]:
    return [idle(), parabola(), second_order(), moves(), all_neurons(), inflection(), still(), outputs(),
            losses()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
