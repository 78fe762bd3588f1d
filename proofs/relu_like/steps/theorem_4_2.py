"""The printed steps around Theorem 4.2: definitions, its proof in both directions, several outputs, axes.

Source: paper B, section 4.1, appendices E, F, F.1, F.2, F.2.1, G; (8)-(18).
Writing: h, u: an output weight and its move; r, s: radial and tangential move of the input weights; z, R, S:
    the values of a neuron at the samples, and what they move by along the two directions (V_h, V_hr, V_hs);
    e: residuals; A, B: first and second order of the outputs' move; G, g: tangential derivative, and that of
    one output (d^v.v); l, L: the losses at the point and after the move; letters of witnesses are in the
    bridges.
"""

from itertools import product
from typing import Any

from symplateau.proof import Proof, term


def taylor_polynomial() -> dict[str, Any]:
    # F.1: along a line the loss is a polynomial of degree 4; these are its derivatives at 0.
    proof = Proof("t l L c1 c2 c3 c4", vectors="e A B")
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", "L = dot(e + t*A + t**2*B, e + t*A + t**2*B)/2")
    first = proof.assume("first", "c1 = dot(e, A)")
    second = proof.assume("second", "c2 = dot(A, A) + 2*dot(e, B)")
    third = proof.assume("third", "c3 = 6*dot(A, B)")
    fourth = proof.assume("fourth", "c4 = 12*dot(B, B)")
    line = proof.state("L = l + t*c1 + t**2*c2/2 + t**3*c3/6 + t**4*c4/24", {
        there: "1", here: "-1", first: "-t", second: "-t**2/2", third: "-t**3/6", fourth: "-t**4/24"})
    return proof.qed(line, proof.state("c4 >= 0", {fourth: "1"}, [term(coefficient="12", square="B")]))


def slope_of_a_line() -> dict[str, Any]:
    # F.1: the first derivative is the sum of the tangential ones. G = <e, Y>, of the neurons.
    proof = Proof("G c1", vectors="e A Y Z", indexed="G Y Z")
    first = proof.assume("first", "c1 = dot(e, A)")
    outputs = proof.assume("outputs", "dot(e, A) = sum(dot(e, Y) + dot(e, Z))")
    tangential = proof.assume("tangential", "G = dot(e, Y)")
    stationary = proof.assume("dL/dh = 0", "dot(e, Z) = 0")
    return proof.qed(proof.state("c1 = sum(G)", {
        first: "1", outputs: "1", tangential: "-1", stationary: "1"}))


def flat_line() -> dict[str, Any]:
    # F.1: where the sum of non-negative derivatives is 0, each is.
    proof = Proof("G rest c1")
    total = proof.assume("slope of the line", "c1 = G + rest")
    flat = proof.assume("flat", "c1 = 0")
    one = proof.assume("stationary", "G >= 0")
    others = proof.assume("stationary, others", "rest >= 0")
    return proof.qed(proof.state("G >= 0", {}, [term(one)]),
                     proof.state("0 >= G", {total: "1", flat: "-1"}, [term(others)]))


PAIRS = [*product((1, 2), repeat=2)]


def derivatives() -> dict[str, Any]:
    # F.1.1-F.1.3: all partial derivatives, as they enter the loss of one output when two neurons move.
    proof = Proof("h1 h2 u1 u2 r1 r2 s1 s2 l L first second third fourth", vectors="e z1 z2 R1 R2 S1 S2")
    move = " + ".join(f"(h{i} + u{i})*(z{i} + r{i}*R{i} + s{i}*S{i}) - h{i}*z{i}" for i in (1, 2))
    here = proof.assume("loss", "l = dot(e, e)/2")
    there = proof.assume("moved loss", f"L = dot(e + {move}, e + {move})/2")
    gradient = proof.assume("first order", "first = " + " + ".join(
        f"u{i}*dot(e, z{i}) + r{i}*h{i}*dot(e, R{i}) + s{i}*h{i}*dot(e, S{i})" for i in (1, 2)))

    def own(i: int, k: int, letter: str) -> str:
        return f"dot(e, {letter}{i}) + " if i == k else ""

    hessian = proof.assume("second order", "second = " + " + ".join(
        f"u{i}*u{k}*dot(z{i}, z{k}) + 2*r{i}*u{k}*({own(i, k, 'R')}h{i}*dot(R{i}, z{k}))"
        f" + 2*s{i}*u{k}*({own(i, k, 'S')}h{i}*dot(S{i}, z{k})) + r{i}*r{k}*h{i}*h{k}*dot(R{i}, R{k})"
        f" + 2*s{i}*r{k}*h{i}*h{k}*dot(S{i}, R{k}) + s{i}*s{k}*h{i}*h{k}*dot(S{i}, S{k})" for i, k in PAIRS))

    # 6 orders of three different weights, 3 where one occurs twice; the factor 2 is 1 + 1{i1 = i2}.
    third = proof.assume("third order", "third = " + " + ".join(
        f"{3 * 2 if i == k else 6}*u{i}*(r{i}*u{k}*dot(R{i}, z{k}) + s{i}*u{k}*dot(S{i}, z{k})"
        f" + r{i}*r{k}*h{k}*dot(R{i}, R{k}) + s{i}*s{k}*h{k}*dot(S{i}, S{k}))" for i, k in PAIRS) + " + "
        + " + ".join(f"6*2*u{i}*r{i}*s{i}*h{i}*dot(R{i}, S{i})" if i == k else
                     f"6*u{i}*(r{i}*s{k}*h{k}*dot(R{i}, S{k}) + s{i}*r{k}*h{k}*dot(S{i}, R{k}))"
                     for i, k in PAIRS))

    # 24, 6 and 12 orders; a pair of neurons counts once where the derivative does not tell them apart.
    fourth = proof.assume("fourth order", "fourth = 24*u1*u2*(r1*r2*dot(R1, R2) + s1*s2*dot(S1, S2)"
                          " + r1*s2*dot(R1, S2) + r2*s1*dot(R2, S1)) + " + " + ".join(
        f"u{i}**2*(6*2*r{i}**2*dot(R{i}, R{i}) + 6*2*s{i}**2*dot(S{i}, S{i})"
        f" + 12*2*r{i}*s{i}*dot(R{i}, S{i}))"
        for i in (1, 2)))
    return proof.qed(proof.state("L = l + first + second/2 + third/6 + fourth/24", {
        there: "1", here: "-1", gradient: "-1", hessian: "-1/2", third: "-1/6", fourth: "-1/24"}))


def radial_slope() -> dict[str, Any]:
    # F.1.1: with u = w/|w| the radial derivative of an output is that of the output weight, divided by |w|.
    proof = Proof("n i s e z R c", vectors="w u x", indexed="s e z R x")
    length = proof.assume("length", "n*i = 1")
    unit = proof.assume("unit", "dot(w, x) = n*dot(u, x)")
    value = proof.assume("value", "z = s*dot(w, x)")
    radial = proof.assume("radial", "R = s*dot(u, x)")
    slope = proof.assume("dL/dh", "c = sum(e*z)")
    return proof.qed(proof.state("sum(e*R) = i*c", {
        length: "-sum(e*R)", slope: "-i", value: "-i*e", unit: "-i*e*s", radial: "i*n*e"}))


def tangential_slope() -> dict[str, Any]:
    # F.1.1: no escape neuron, so |g| <= C G, and where G = 0 so is g.
    proof = Proof("C G g")
    upper = proof.assume("upper", "C*G - g >= 0")
    lower = proof.assume("lower", "C*G + g >= 0")
    flat = proof.assume("flat", "G = 0")
    return proof.qed(proof.state("g >= 0", {flat: "-C"}, [term(lower)]),
                     proof.state("0 >= g", {flat: "-C"}, [term(upper)]))


def gram() -> dict[str, Any]:
    # (13): sum over the outputs of |V_j Delta|^2, columns V_h, V_r, V_s of two neurons and two outputs.
    proof = Proof("h k u v r s q", vectors="z R S")
    form = proof.assume("form", "q = u**2*dot(z, z) + 2*r*u*h*dot(R, z) + 2*s*u*h*dot(S, z)"
                        " + v**2*dot(z, z) + 2*r*v*k*dot(R, z) + 2*s*v*k*dot(S, z)"
                        " + (h*h + k*k)*(r**2*dot(R, R) + 2*s*r*dot(S, R) + s**2*dot(S, S))")
    columns = " + ".join(
        f"dot({y}*z + r*{x}*R + s*{x}*S, {y}*z + r*{x}*R + s*{x}*S)" for x, y in ("hu", "kv"))
    return proof.qed(proof.state(f"q = {columns}", {form: "1"}), proof.state("q >= 0", {form: "1"}, [
        term(square="u*z + r*h*R + s*h*S"), term(square="v*z + r*k*R + s*k*S")]))


def sum_of_grams() -> dict[str, Any]:
    # (13) for all sizes: the entries of sum_j V_j'V_j, contracted with a direction; A_j = V_j Delta.
    proof = Proof("q", vectors="A", indexed="A")
    form = proof.assume("form", "q = sum(dot(A, A))")
    return proof.qed(proof.state("q >= 0", {form: "1"}, [term(square="A")]))


def flat_columns() -> dict[str, Any]:
    # (14): a sum of squares that vanishes; one output, and the others.
    proof = Proof("q rest a", vectors="A B")
    form = proof.assume("form", "q = dot(A, A) + rest")
    others = proof.assume("others", "rest >= 0")
    flat = proof.assume("flat", "q = 0")
    schwarz = proof.assume("schwarz", "dot(A, A)*dot(B, B) >= a**2")
    inner = proof.assume("inner product", "a = dot(A, B)")
    return proof.qed(
        proof.state("0 >= dot(A, A)", {form: "1", flat: "-1"}, [term(others)]),
        proof.state("0 >= dot(A, B)**2", {form: "dot(B, B)", flat: "-dot(B, B)", inner: "a + dot(A, B)"}, [
            term(schwarz), term(others, square="B")]))


def third_directional_derivative() -> dict[str, Any]:
    # F.1.2: 6 <A, B>, B the sum over the neurons of u (r R + s S); one output.
    proof = Proof("u r s c3", vectors="A B R S", indexed="u r s R S")
    third = proof.assume("third", "c3 = 6*dot(A, B)")
    second = proof.assume("second order of the outputs", "dot(A, B) = sum(u*dot(r*R + s*S, A))")
    return proof.qed(proof.state("c3 = 6*sum(u*dot(r*R + s*S, A))", {third: "1", second: "6"}))


def stray_sum() -> dict[str, Any]:
    # F.1.2: the last line sums V_j Delta, itself a sum over the neurons, once more over the neurons.
    proof = Proof("h u r R z A c3", indexed="h u r R z")
    proof.assume("V Delta", "A = sum(u*z + h*r*R)")
    proof.assume("third", "c3 = 6*A*sum(u*r*R)")
    values = {"h": ["1", "1"], "u": ["1", "1"], "r": ["1", "1"], "R": ["1", "1"], "z": ["1", "1"], "A": "4",
              "c3": "48"}
    return proof.refuted(values, "c3 = 6*sum(1)*sum(u*r*R*A)")


def fourth_directional_derivative() -> dict[str, Any]:
    # F.1.3: 12 |B|^2 for one output.
    proof = Proof("u r s c4", vectors="B R S", indexed="u r s R S")
    fourth = proof.assume("fourth", "c4 = 12*dot(B, B)")
    second = proof.assume("second order of the outputs", "dot(B, B) = sum(u*dot(r*R + s*S, B))")
    return proof.qed(proof.state("c4 = 12*sum(u*r*dot(R, B) + u*s*dot(S, B))", {fourth: "1", second: "12"}),
                     proof.state("c4 >= 0", {fourth: "1"}, [term(coefficient="12", square="B")]))


def pairs_counted_twice() -> dict[str, Any]:
    # F.1.3: two neurons, radial moves only, both pairs (1, 2) and (2, 1) taken with 4!.
    proof = Proof("u1 u2 r1 r2 R1 R2 c4")
    proof.assume("fourth", "c4 = 12*(u1*r1*R1 + u2*r2*R2)**2")
    one = {"u1": "1", "u2": "1", "r1": "1", "r2": "1", "R1": "1", "R2": "1", "c4": "48"}
    return proof.refuted(one, "c4 = 2*24*u1*r1*u2*r2*R1*R2 + 12*(u1**2*r1**2*R1**2 + u2**2*r2**2*R2**2)")


def six_orders() -> dict[str, Any]:
    # F.1.3: one neuron that moves radially; (h, h, r, r) has 6 orders, not 4!/2. D: the derivative.
    proof = Proof("u r R D c4")
    proof.assume("fourth", "c4 = 12*(u*r*R)**2")
    proof.assume("derivative", "D = 2*R**2")
    return proof.refuted({"u": "1", "r": "1", "R": "1", "D": "2", "c4": "12"}, "c4 = 24/2*D*u**2*r**2")


def radial_move_in_the_tangential_square() -> dict[str, Any]:
    # F.1.3, second line: one neuron that moves tangentially only.
    proof = Proof("u r s R S c4")
    proof.assume("fourth", "c4 = 12*(u*r*R + u*s*S)**2")
    return proof.refuted({"u": "1", "r": "0", "s": "1", "R": "1", "S": "1", "c4": "12"},
                         "c4 = 12*(u**2*r**2*R**2 + u**2*r**2*S**2 + 2*u**2*r*s*R*S)")


def every_direction() -> dict[str, Any]:
    # F.1.1, last line. ReLU, one sample x = (1, 0), y = -1, w = (0, 1), h = 1: e = 1. No escape neuron: the
    # slope along (1, 0) is 1, along (-1, 0) no output slope is left. Move u = -1 along (1, 0).
    proof = Proof("h y e z d D g G u A c2")
    proof.assume("residual", "e = h*z - y")
    proof.assume("dL/dh", "e*z = 0")
    proof.assume("slope", "g = e*d")
    proof.assume("tangential derivative", "G = h*g")
    proof.assume("no escape neuron", "G > 0")
    proof.assume("other tangential direction", "e*D = 0")
    proof.assume("first order of the output", "A = h*d + u*z")
    proof.assume("second", "c2 = A**2 + 2*u*g")
    return proof.refuted({"h": "1", "y": "-1", "e": "1", "z": "0", "d": "1", "D": "0", "g": "1", "G": "1",
                          "u": "-1", "A": "1", "c2": "-1"}, "c2 >= 0")


def rising_along_every_line() -> dict[str, Any]:
    # F.1: all that the argument establishes holds for this polynomial at 0, which is no minimum.
    proof = Proof("t p q x f F c2 c3 c4")
    line = proof.assume("on a line", "F = (t*q - (t*p)**2)*(t*q - 2*(t*p)**2)")
    curve = proof.assume("on a curve", "f = (3*x**2/2 - x**2)*(3*x**2/2 - 2*x**2)")
    second = proof.assume("second", "c2 = 2*q**2")
    third = proof.assume("third", "c3 = -18*p**2*q")
    fourth = proof.assume("fourth", "c4 = 48*p**4")
    return proof.qed(
        proof.state("F = t**2*c2/2 + t**3*c3/6 + t**4*c4/24", {
            line: "1", second: "-t**2/2", third: "-t**3/6", fourth: "-t**4/24"}),
        proof.state("c2 >= 0", {second: "1"}, [term(coefficient="2", square="q")]),
        proof.state("c3**2 = 162*p**4*c2", {third: "c3 - 18*p**2*q", second: "-162*p**4"}),
        proof.state("c4 >= 0", {fourth: "1"}, [term(coefficient="48", square="p**2")]),
        proof.state("f = -x**4/4", {curve: "1"}))


def radial_decrease() -> dict[str, Any]:
    # F: the move -w of w = (1, 0).
    proof = Proof("r s", vectors="w m u v")
    proof.assume("unit", "dot(u, u) = 1")
    proof.assume("radial", "dot(w, u)**2 = dot(w, w)")
    proof.assume("same direction", "dot(w, u) > 0")
    proof.assume("tangential", "dot(v, u) = 0")
    proof.assume("unit tangential", "dot(v, v) = 1")
    proof.assume("decomposition", "dot(m - r*u - s*v, m - r*u - s*v) = 0")
    proof.assume("tangential move", "s >= 0")
    return proof.refuted({"r": "-1", "s": "0", "w": ["1", "0"], "m": ["-1", "0"], "u": ["1", "0"],
                          "v": ["0", "1"]}, "r >= 0")


def two_tangential_directions() -> dict[str, Any]:
    # F: a radial move leaves the tangential direction free.
    proof = Proof("r s", vectors="m u v V")
    proof.assume("unit", "dot(u, u) = 1")
    for name in "vV":
        proof.assume(f"tangential {name}", f"dot({name}, u) = 0")
        proof.assume(f"unit {name}", f"dot({name}, {name}) = 1")
        proof.assume(f"decomposition {name}", f"dot(m - r*u - s*{name}, m - r*u - s*{name}) = 0")
    proof.assume("tangential move", "s >= 0")
    return proof.refuted({"r": "1", "s": "0", "m": ["1", "0"], "u": ["1", "0"], "v": ["0", "1"],
                          "V": ["0", "-1"]}, "dot(v - V, v - V) = 0")


def perturbed_slope() -> dict[str, Any]:
    # E: after h moves from 0 to u = -c k the tangential derivative is u (g + u y), y = <z, d>.
    proof = Proof("c k q g y T")
    sign = proof.assume("sign", "c**2 = 1")
    slope = proof.assume("slope", "q = c*g")
    after = proof.assume("after", "T = -c*k*(g - c*k*y)")
    positive = proof.assume("positive", "k > 0")
    small = proof.assume("small", "q > k*y")
    return proof.qed(proof.state("0 > T", {after: "-1", slope: "-k", sign: "-k**2*y"}, [
        term(positive, small)]))


def first_order() -> dict[str, Any]:
    # (15).
    proof = Proof("a b G c1", vectors="e z")
    first = proof.assume("(15)", "c1 = dot(e, z)*a + G*b")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    flat = proof.assume("flat", "G = 0")
    return proof.qed(proof.state("c1 = 0", {first: "1", stationary: "a", flat: "b"}))


def second_order() -> dict[str, Any]:
    # (16): the escape neuron alone, h = 0, with V_s = h d = 0; u = -c a, b the tangential move.
    proof = Proof("h c a b g q T", vectors="z d")
    zero = proof.assume("output weight", "h = 0")
    sign = proof.assume("sign", "c**2 = 1")
    slope = proof.assume("slope", "q = c*g")
    terms = proof.assume("(16a)", "T = dot(z, z)*(c*a)**2 + h**2*dot(d, d)*b**2 - 2*(g + h*dot(d, z))*c*a*b")
    return proof.qed(
        proof.state("h*dot(d, z) = 0", {zero: "dot(d, z)"}),
        proof.state("T = dot(z, z)*a**2 - 2*q*a*b", {
            terms: "1", zero: "h*dot(d, d)*b**2 - 2*dot(d, z)*c*a*b", sign: "dot(z, z)*a**2",
            slope: "2*a*b"}))


def without_the_half() -> dict[str, Any]:
    # (16) is twice what the expansion has at second order. Two samples, h = 0.
    proof = Proof("e z d u t l L1 T", indexed="e z d")
    proof.assume("dL/dh = 0", "sum(e*z) = 0")
    proof.assume("loss", "l = sum(e**2)/2")
    proof.assume("second order of the loss", "L1 = u**2*sum(z**2)/2 + u*t*sum(e*d)")
    proof.assume("(16)", "T = u**2*sum(z**2) + 2*u*t*sum(e*d)")
    return proof.refuted({"e": ["1", "-1"], "z": ["1", "1"], "d": ["1", "0"], "u": "-1", "t": "2", "l": "1",
                          "L1": "-1", "T": "-2"}, "T = L1")


def enough() -> dict[str, Any]:
    # (17): the second order is negative exactly then.
    proof = Proof("V a b q i T")
    terms = proof.assume("(16d)", "T = V*a**2 - 2*q*a*b")
    inverse = proof.assume("inverse", "2*q*i = 1")
    slope = proof.assume("slope", "q > 0")
    positive = proof.assume("positive", "a > 0")
    large = proof.assume("(17)", "b > V*i*a")
    return proof.qed(proof.state("0 > T", {terms: "-1", inverse: "V*a**2"}, [
        term(slope, positive, large, coefficient="2")]))


def indefinite() -> dict[str, Any]:
    # F.2: the form V u^2 + 2 g u b takes both signs.
    proof = Proof("V g i")
    slope = proof.assume("slope", "g*i = 1")
    high = proof.state("V + 2*g*(1 - V)*i/2 = 1", {slope: "1 - V"})
    low = proof.state("V - 2*g*(1 + V)*i/2 = -1", {slope: "-(1 + V)"})
    return proof.qed(high, low)


def second_order_of_several_outputs() -> dict[str, Any]:
    # (18): the Gram part, and the part of the slopes d^v.v. family: outputs; one neuron.
    proof = Proof("u b g q Q", vectors="A e d", indexed="u g A e")
    form = proof.assume("second", "q = sum(dot(A, A) + 2*u*b*dot(e, d))")
    slope = proof.assume("slope", "g = dot(e, d)")
    extra = proof.assume("extra term", "Q = 2*b*sum(u*g)")
    return proof.qed(proof.state("q = sum(dot(A, A)) + Q", {form: "1", extra: "-1", slope: "-2*u*b"}))


def part_of_one_output() -> dict[str, Any]:
    # F.2.1: the part of output j is negative somewhere if g_j != 0: along the scaling of (h, w) with a
    # tangential move, or, where h or w is 0, along a move of h_j with one.
    proof = Proof("h n g i k c f y", vectors="R S")
    slope = proof.assume("slope", "g*i = 1")
    output = proof.assume("output weight", "h*k = 1")
    scaling = proof.assume("scaling", "c = -i*k*(h**2*dot(S, S) + 1)/2")
    plain = proof.assume("plain", "f = -i*(dot(S, S)*y**2 + 1)/2")
    both = "c*h*n*R - c*n*h*R + h*S"
    general = proof.state(f"dot({both}, {both}) + 2*c*h*g = -1", {
        scaling: "2*h*g", slope: "-h*k*(h**2*dot(S, S) + 1)", output: "-(h**2*dot(S, S) + 1)"})
    no_input = proof.state("y**2*dot(S, S) + 2*f*g = -1", {plain: "2*g", slope: "-(dot(S, S)*y**2 + 1)"})
    return proof.qed(general, no_input)


def silent_output_weights() -> dict[str, Any]:
    # F.2.1: several outputs, an escape neuron whose output weights are all 0: as with one output.
    proof = Proof("k t g N l L", vectors="e z d", indexed="g e")
    slope = proof.assume("slope", "g = dot(e, d)")
    stationary = proof.assume("dL/dh = 0", "dot(e, z) = 0")
    here = proof.assume("loss", "l = sum(dot(e, e))/2")
    there = proof.assume("moved loss", "L = sum(dot(e - k*t*g*(z + t*d), e - k*t*g*(z + t*d)))/2")
    size = proof.assume("size", "N = sum(g**2)")
    escape = proof.assume("escape neuron", "N > 0")
    short = proof.assume("short", "1 > k*(dot(z, z) + dot(d, d))")
    positive = proof.assume("positive", "k > 0")
    start = proof.assume("start", "t > 0")
    end = proof.assume("end", "1 >= t")
    front = [escape, positive, positive, start, start]
    return proof.qed(proof.state("l > L", {
        here: "1", there: "-1", slope: "-k*t**2*g", stationary: "k*t*g",
        size: "k**2*t**2*dot(z + t*d, z + t*d)/2 - k*t**2"}, [
        term(escape, positive, start, start, short), term(*front, end, square="d"),
        term(*front, start, end, square="d"), term(*front, coefficient="1/2", square="z - t*d")]))


def silent_input_weights() -> dict[str, Any]:
    # F.2.1: several outputs, an escape neuron with w = 0: w moves by t^2 v, the output weights by -t g.
    proof = Proof("t h g H N l L", vectors="e d", indexed="h g e")
    slope = proof.assume("slope", "g = dot(e, d)")
    flat = proof.assume("flat", "sum(h*g) = 0")
    here = proof.assume("loss", "l = sum(dot(e, e))/2")
    there = proof.assume("moved loss", "L = sum(dot(e + t**2*(h - t*g)*d, e + t**2*(h - t*g)*d))/2")
    norm = proof.assume("output weights", "H = sum(h**2)")
    size = proof.assume("size", "N = sum(g**2)")
    steep = proof.assume("steep", "2*N > t*(H + t**2*N)*dot(d, d)")
    start = proof.assume("start", "t > 0")
    return proof.qed(proof.state("l > L", {
        here: "1", there: "-1", slope: "t**2*(h - t*g)", flat: "-t**2 + t**5*dot(d, d)",
        norm: "t**4*dot(d, d)/2", size: "t**6*dot(d, d)/2 - t**3"}, [
        term(start, start, start, steep, coefficient="1/2")]))


def kink_of_the_example() -> dict[str, Any]:
    # G: x = (9/10, 3/10), w = (3/20, -9/20), h = 1/2, y = 3.
    proof = Proof("", vectors="w x")
    one = proof.assume("weights", "dot(w, x) = (3/20)*(9/10) - (9/20)*(3/10)")
    return proof.qed(proof.state("dot(w, x) = 0", {one: "1"}))


def canonical_axes() -> dict[str, Any]:
    # G: the slopes along (1, 0) and (0, -1) do not add up to that along (1, -1). P: positive part.
    proof = Proof("h y e P Q s1 s2 s")
    proof.assume("residual", "e = h*0 - y")
    proof.assume("along the first axis", "s1 = h*e*9/10")
    proof.assume("along the second axis, downwards", "s2 = h*e*0")
    proof.assume("along the diagonal", "P - Q = 9/10 - 3/10")
    proof.assume("parts", "P*Q = 0")
    proof.assume("positive part", "P >= 0")
    proof.assume("negative part", "Q >= 0")
    proof.assume("slope along the diagonal", "s = h*e*P")
    return proof.refuted({"h": "1/2", "y": "3", "e": "-3", "P": "3/5", "Q": "0", "s1": "-27/20",
                          "s2": "0", "s": "-9/10"}, "s = s1 + s2")


def aligned_axes() -> dict[str, Any]:
    # G: along u and one tangential direction the value is linear, with one slope for the whole orthant.
    proof = Proof("a b s p q P Q z Z r y", vectors="w u v x")
    before = proof.assume("before", "dot(w, x) = p - q")
    after = proof.assume("after", "dot(w + r*u + y*v, x) = P - Q")
    value = proof.assume("value", "z = a*p - b*q")
    moved = proof.assume("moved value", "Z = a*P - b*Q")
    legs = [proof.assume("positive leg", "s*p = a*p"), proof.assume("negative leg", "s*q = b*q")]
    legs += [proof.assume("positive leg, after", "s*P = a*P"),
             proof.assume("negative leg, after", "s*Q = b*Q")]
    return proof.qed(proof.state("Z - z = s*r*dot(u, x) + s*y*dot(v, x)", {
        moved: "1", value: "-1", after: "-s", before: "s", legs[0]: "1", legs[1]: "-1", legs[2]: "-1",
        legs[3]: "1"}))


def radial_line() -> dict[str, Any]:
    # G: with w = n u, n + r >= 0, the value at every sample is (n + r) rho(u.x): linear on both sides.
    proof = Proof("a b p q P Q n r z Z", vectors="w u x")
    unit = proof.assume("unit", "dot(u, x) = p - q")
    value = proof.assume("value along u", "z = a*p - b*q")
    high = proof.assume("positive part", "P = (n + r)*p")
    low = proof.assume("negative part", "Q = (n + r)*q")
    moved = proof.assume("moved value", "Z = a*P - b*Q")
    line = proof.assume("line", "dot(w, x) = (n + r)*dot(u, x)")
    return proof.qed(
        proof.state("dot(w, x) = P - Q", {line: "1", unit: "n + r", high: "-1", low: "1"}),
        proof.state("Z = (n + r)*z", {moved: "1", high: "a", low: "-b", value: "-(n + r)"}))


def second_derivative() -> dict[str, Any]:
    # All sizes: along a direction with first derivative 0, without escape neurons, <e, B> = 0.
    proof = Proof("u r s c2 m", vectors="e R S A", indexed="u r s e R S")
    second = proof.assume("second", "c2 = dot(A, A) + 2*m")
    mixed = proof.assume("mixed", "m = sum(u*dot(e, r*R + s*S))")
    radial = proof.assume("dL/dh = 0", "dot(e, R) = 0")
    tangential = proof.assume("no escape neuron", "s*dot(e, S) = 0")
    gram = proof.state("c2 = dot(A, A)", {second: "1", mixed: "2", radial: "2*u*r", tangential: "2*u"})
    return proof.qed(gram, proof.state("c2 >= 0", {gram: "1"}, [term(square="A")]))


PROOFS = {
    "Taylor polynomial": taylor_polynomial,
    "slope of a line": slope_of_a_line,
    "flat line": flat_line,
    "derivatives": derivatives,
    "radial slope": radial_slope,
    "tangential slope": tangential_slope,
    "Gram": gram,
    "sum of Grams": sum_of_grams,
    "flat columns": flat_columns,
    "third directional derivative": third_directional_derivative,
    "stray sum": stray_sum,
    "fourth directional derivative": fourth_directional_derivative,
    "pairs counted twice": pairs_counted_twice,
    "six orders": six_orders,
    "radial move in the tangential square": radial_move_in_the_tangential_square,
    "every direction": every_direction,
    "rising along every line": rising_along_every_line,
    "radial decrease": radial_decrease,
    "two tangential directions": two_tangential_directions,
    "perturbed slope": perturbed_slope,
    "first order": first_order,
    "second order": second_order,
    "without the half": without_the_half,
    "enough": enough,
    "indefinite": indefinite,
    "second order of several outputs": second_order_of_several_outputs,
    "part of one output": part_of_one_output,
    "silent output weights": silent_output_weights,
    "silent input weights": silent_input_weights,
    "kink of the example": kink_of_the_example,
    "canonical axes": canonical_axes,
    "aligned axes": aligned_axes,
    "radial line": radial_line,
    "second derivative": second_derivative,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
