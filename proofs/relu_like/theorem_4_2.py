"""A stationary point without escape neurons is a local minimum; with one output, only such a point is one.

At a stationary point let no neuron be an escape neuron. Then the loss is nowhere lower in a ball whose
radius is written down, in all directions at once, for any number of outputs. With one output an escape
neuron gives points of lower loss arbitrarily near.

Source: paper B, Theorem 4.2; appendices F.1, F.2.
Writing: w, h: input and output weights of a neuron; v, u: their moves; v = c*w + t, t tangential; s: the
    slope of the leg on which a sample lies before and after the move; z, d: a neuron's values at the samples
    and what they move by; e: residuals, D: what the outputs move by, Y: the part of one neuron, m = <e, Y>;
    g = sum_k e_k s_k t.x_k for one output, G = sum_j h_j g_j; C: |g_j| <= C G; R: radius; l, L: the losses at
    the point and after the move.
Scope: all sizes, every pair of slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/theorem-4.2"


def same_leg() -> dict[str, Any]:
    # Samples off the kink stay on their side: w is on the positive leg there, W on the negative one.
    proof = Proof("R m", vectors="w W v x")
    high = proof.assume("schwarz", "R*m + dot(v, x) >= 0")
    low = proof.assume("schwarz, other sign", "R*m - dot(v, x) >= 0")
    positive = proof.assume("positive", "dot(w, x) >= R*m")
    negative = proof.assume("negative", "-dot(W, x) >= R*m")
    return proof.qed(proof.state("dot(w + v, x) >= 0", {}, [term(high), term(positive)]),
                     proof.state("-dot(W + v, x) >= 0", {}, [term(low), term(negative)]))


def one_slope() -> dict[str, Any]:
    # So one slope serves before and after. At a kink p = q = 0, and the slope is that of the move.
    proof = Proof("a b s p q P Q z Z", vectors="w v x")
    before = proof.assume("before", "dot(w, x) = p - q")
    after = proof.assume("after", "dot(w + v, x) = P - Q")
    value = proof.assume("value", "z = a*p - b*q")
    moved = proof.assume("moved value", "Z = a*P - b*Q")
    legs = [proof.assume("positive leg", "s*p = a*p"), proof.assume("negative leg", "s*q = b*q")]
    legs += [proof.assume("positive leg, after", "s*P = a*P"),
             proof.assume("negative leg, after", "s*Q = b*Q")]
    here = proof.state("z = s*dot(w, x)", {value: "1", before: "-s", legs[0]: "-1", legs[1]: "1"})
    there = proof.state("Z = s*dot(w + v, x)", {moved: "1", after: "-s", legs[2]: "-1", legs[3]: "1"})
    return proof.qed(here, there)


def tangential_part() -> dict[str, Any]:
    # The radial part of a move drops out of g, as the derivative in the output weight vanishes.
    proof = Proof("c s e z d g", vectors="w v t x", indexed="s e z d x")
    parts = proof.assume("parts", "dot(v, x) = c*dot(w, x) + dot(t, x)")
    value = proof.assume("value", "z = s*dot(w, x)")
    change = proof.assume("change", "d = s*dot(v, x)")
    slope = proof.assume("slope", "g = sum(e*d)")
    stationary = proof.assume("dL/dh = 0", "sum(e*z) = 0")
    return proof.qed(proof.state("g = sum(e*s*dot(t, x))", {
        slope: "1", change: "e", parts: "e*s", value: "-c*e", stationary: "c"}))


def one_neuron() -> dict[str, Any]:
    # What a neuron adds to <e, D>: the tangential derivative, and its change with the output weights.
    proof = Proof("h u g G m", vectors="e z d", indexed="h u g e")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    slope = proof.assume("slope", "g = dot(e, d)")
    total = proof.assume("total", "G = sum(h*g)")
    part = proof.assume("part", "m = sum(dot(e, h*d + u*z + u*d))")
    return proof.qed(proof.state("m = G + sum(u*g)", {
        part: "1", total: "-1", slope: "-(h + u)", stationary: "u"}))


def loss() -> dict[str, Any]:
    # Exact: no remainder, and no order at which an expansion ends.
    proof = Proof("l L m", vectors="e D Y", indexed="m Y")
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", "L = dot(e + D, e + D)/2")
    outputs = proof.assume("outputs", "dot(e, D) = sum(dot(e, Y))")
    part = proof.assume("part", "m = dot(e, Y)")
    return proof.qed(proof.state("L - l = dot(D, D)/2 + sum(m)", {
        there: "1", here: "-1", outputs: "1", part: "-1"}))


def cone() -> dict[str, Any]:
    # G and g are linear on each cone of one sign pattern: a bound at the generators holds on the cone.
    proof = Proof("c A b C G g", indexed="c A b")
    weights = proof.assume("weights", "c >= 0")
    total = proof.assume("total", "G = sum(c*A)")
    slope = proof.assume("slope", "g = sum(c*b)")
    high = proof.assume("upper", "C*A - b >= 0")
    low = proof.assume("lower", "C*A + b >= 0")
    return proof.qed(proof.state("C*G - g >= 0", {total: "C", slope: "-1"}, [term(weights, high)]),
                     proof.state("C*G + g >= 0", {total: "C", slope: "1"}, [term(weights, low)]))


def size_of_the_slopes() -> dict[str, Any]:
    # All outputs together; n is the root of their number.
    proof = Proof("C G n g E", indexed="g")
    high = proof.assume("upper", "C*G - g >= 0")
    low = proof.assume("lower", "C*G + g >= 0")
    count = proof.assume("outputs", "n**2 = sum(1)")
    size = proof.assume("size", "E = C*G*n")
    return proof.qed(proof.state("E**2 >= sum(g**2)", {size: "E + C*G*n", count: "C**2*G**2"}, [
        term(high, low)]))


def part_of_a_neuron() -> dict[str, Any]:
    # Small moves of the output weights cannot outweigh G.
    proof = Proof("C G n R E u g m", indexed="u g")
    part = proof.assume("part", "m = G + sum(u*g)")
    schwarz = proof.assume("schwarz", "R*E + sum(u*g) >= 0")
    size = proof.assume("size", "E = C*G*n")
    rises = proof.assume("stationary", "G >= 0")
    near = proof.assume("near", "1 >= C*n*R")
    return proof.qed(proof.state("m >= 0", {part: "1", size: "-R"}, [term(schwarz), term(rises, near)]))


def minimum() -> dict[str, Any]:
    # So nothing near is lower.
    proof = Proof("l L m", vectors="D", indexed="m")
    exact = proof.assume("change", "L - l = dot(D, D)/2 + sum(m)")
    parts = proof.assume("parts", "m >= 0")
    return proof.qed(proof.state("L >= l", {exact: "1"}, [term(square="D", coefficient="1/2"), term(parts)]))


def output_weight() -> dict[str, Any]:
    # One output: G = h*g, so an escape neuron has h = 0.
    proof = Proof("h g i")
    flat = proof.assume("flat", "h*g = 0")
    slope = proof.assume("slope", "g*i = 1")
    return proof.qed(proof.state("h = 0", {flat: "i", slope: "-h"}))


def descent() -> dict[str, Any]:
    # Move h against the sign c of g, and w along the direction: the loss falls for all t in (0, 1].
    proof = Proof("c q k t l L", vectors="e z d")
    sign = proof.assume("sign", "c**2 = 1")
    slope = proof.assume("slope", "q = c*dot(e, d)")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", "L = dot(e - c*k*t*(z + t*d), e - c*k*t*(z + t*d))/2")
    steep = proof.assume("steep", "q > k*(dot(z, z) + dot(d, d))")
    positive = proof.assume("positive", "k > 0")
    start = proof.assume("start", "t > 0")
    end = proof.assume("end", "1 >= t")
    front = [positive, positive, start, start]
    return proof.qed(proof.state("l > L", {
        here: "1", there: "-1", sign: "-k**2*t**2*dot(z + t*d, z + t*d)/2", slope: "-k*t**2",
        stationary: "c*k*t"}, [
        term(positive, start, start, steep), term(*front, end, square="d"),
        term(*front, start, end, square="d"), term(*front, coefficient="1/2", square="z - t*d")]))


def prove() -> list[dict[str, Any]]:
    return [same_leg(), one_slope(), tangential_part(), one_neuron(), loss(), cone(), size_of_the_slopes(),
            part_of_a_neuron(), minimum(), output_weight(), descent()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
