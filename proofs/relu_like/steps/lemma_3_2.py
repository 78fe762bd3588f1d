"""The printed steps of sections 2 and 3.1 and of the proof of Lemma 3.2.

Source: paper B, sections 2, 3.1, appendix A; (1)-(6).
Writing: a, b: the slopes alpha+ and alpha-; x, w, m: a sample, an input weight vector and its move; p, q:
    positive and negative parts of m.x; h, g: an output weight and its move; z, R: a hidden value and its
    one-sided slope; e, E, y: residuals and a label; f, F: an output before and after; l, L: losses; S, T:
    slopes of the loss, or of an output; u, v, V: radial and tangential directions; r, s: radial and
    tangential moves; t: a time; n: a length; M: a bound; x1, x2: entries of a sample, p1, q1, p2, q2 their
    parts.
"""

from typing import Any

from symplateau.proof import Proof, term


def one_point() -> dict[str, Any]:
    # On a line in the direction of x the pre-activation vanishes at most once.
    proof = Proof("s n i t r")
    first = proof.assume("first", "s + t*n = 0")
    second = proof.assume("second", "s + r*n = 0")
    length = proof.assume("length", "n*i = 1")
    return proof.qed(proof.state("t = r", {first: "i", second: "-i", length: "r - t"}))


def linear_output() -> dict[str, Any]:
    # An output is linear in the output weights, and in the norm of the input weights, each alone.
    proof = Proof("h g z R r t f F G H", indexed="h g z R r")
    output = proof.assume("output", "f = sum(h*z)")
    other = proof.assume("other weights", "F = sum((h + t*g)*z)")
    norm = proof.assume("norm", "z = r*R")
    longer = proof.assume("longer", "G = sum(h*((1 + t)*r*R))")
    added = proof.assume("added", "H = sum(g*z)")
    return proof.qed(
        proof.state("F = f + t*H", {other: "1", output: "-1", added: "-t"}),
        proof.state("G = (1 + t)*f", {longer: "1", output: "-1 - t", norm: "-(1 + t)*h"}))


def idle_kink() -> dict[str, Any]:
    # A neuron with output weight 0 and w.x = 0: the output moves by less than a constant times |g| |m|.
    proof = Proof("a b p q g h R rest f F M", vectors="m x")
    zero = proof.assume("zero", "h = 0")
    here = proof.assume("here", "f = rest + h*0")
    there = proof.assume("there", "F = rest + (h + g)*R")
    value = proof.assume("value", "R = a*p - b*q")
    parts = proof.assume("parts", "dot(m, x) = p - q")
    one = proof.assume("one of them", "p*q = 0")
    upper = proof.assume("upper", "M >= a**2")
    lower = proof.assume("lower", "M >= b**2")
    schwarz = proof.assume("Cauchy-Schwarz", "dot(m, m)*dot(x, x) >= dot(m, x)**2")
    bound = proof.assume("bound", "M >= 0")
    change = proof.state("F - f = g*R", {there: "1", here: "-1", zero: "R"})
    square = proof.state("(F - f)**2 = g**2*R**2", {change: "F - f + g*R"})
    legs = proof.state("R**2 = a**2*p**2 + b**2*q**2", {value: "R + a*p - b*q", one: "-2*a*b"})
    length = proof.state("dot(m, x)**2 = p**2 + q**2", {parts: "dot(m, x) + p - q", one: "-2"})
    rest = proof.state("M*(p**2 + q**2) >= R**2", {legs: "-1"}, [
        term(upper, square="p"), term(lower, square="q")])
    whole = proof.state("M*dot(m, m)*dot(x, x) >= R**2", {length: "M"}, [term(bound, schwarz), term(rest)])
    return proof.qed(proof.state("M*g**2*dot(m, m)*dot(x, x) >= (F - f)**2", {square: "-1"}, [
        term(whole, square="g")]))


def no_residual() -> dict[str, Any]:
    # Where all residuals are 0 the loss is of second order, whatever the kinks do.
    proof = Proof("e E c M D l L", indexed="e E c M")
    zero = proof.assume("zero", "e = 0")
    moved = proof.assume("moved", "E = e + c")
    bound = proof.assume("bound", "M*D >= c**2")
    here = proof.assume("here", "l = sum(e**2)/2")
    there = proof.assume("there", "L = sum(E**2)/2")
    nothing = proof.state("l = 0", {here: "1", zero: "e/2"})
    change = proof.state("L = sum(c**2)/2", {there: "1", moved: "(E + c)/2", zero: "(E + c)/2"})
    return proof.qed(proof.state("l + D*sum(M)/2 >= L", {nothing: "1", change: "-1"}, [
        term(bound, coefficient="1/2")]))


def kink_slopes() -> dict[str, Any]:
    # With h not 0, alpha+ not alpha-, and m.x not 0: the slopes of an output along m and -m are not opposite.
    proof = Proof("a b p q h S T")
    forth = proof.assume("forth", "S = h*(a*p - b*q)")
    back = proof.assume("back", "T = h*(a*q - b*p)")
    weight = proof.assume("weight", "h**2 > 0")
    legs = proof.assume("legs", "(a - b)**2 > 0")
    moved = proof.assume("moved", "p + q > 0")
    both = proof.state("S + T = h*(a - b)*(p + q)", {forth: "1", back: "1"})
    return proof.qed(both, proof.state("(S + T)**2 > 0", {both: "S + T + h*(a - b)*(p + q)"}, [
        term(weight, legs, moved, moved)]))


def kink_slopes_of_the_loss() -> dict[str, Any]:
    # What its kink samples add to a neuron's slope: a linear part, and one that is the same for m and -m.
    proof = Proof("a b p q c S T", indexed="p q c")
    forth = proof.assume("forth", "S = sum(c*(a*p - b*q))")
    back = proof.assume("back", "T = sum(c*(a*q - b*p))")
    return proof.qed(
        proof.state("S = (a + b)/2*sum(c*(p - q)) + (a - b)/2*sum(c*(p + q))", {forth: "1"}),
        proof.state("S + T = (a - b)*sum(c*(p + q))", {forth: "1", back: "1"}))


def parts() -> dict[str, Any]:
    # Every move has a radial part and one orthogonal to it, whose length is determined.
    proof = Proof("r n", vectors="u m")
    unit = proof.assume("unit", "dot(u, u) = 1")
    radial = proof.assume("radial", "r = dot(m, u)")
    length = proof.assume("length", "n = dot(m - r*u, m - r*u)")
    return proof.qed(
        proof.state("dot(m - r*u, u) = 0", {unit: "-r", radial: "-1"}),
        proof.state("n = dot(m, m) - r**2", {length: "1", unit: "r**2", radial: "2*r"}))


def unique_parts() -> dict[str, Any]:
    # Two decompositions of one move: the sum of three squares is 0.
    proof = Proof("r R s S", vectors="u v V")
    unit = proof.assume("unit", "dot(u, u) = 1")
    first = proof.assume("first", "dot(v, v) = 1")
    second = proof.assume("second", "dot(V, V) = 1")
    tangential = proof.assume("tangential", "dot(u, v) = 0")
    also = proof.assume("also tangential", "dot(u, V) = 0")
    same = proof.assume("same", "dot(r*u + s*v - R*u - S*V, r*u + s*v - R*u - S*V) = 0")
    return proof.qed(proof.state("(r - R)**2 + (s - S)**2 + s*S*dot(v - V, v - V) = 0", {
        same: "1", unit: "-(r - R)**2", first: "-(s**2 - s*S)", second: "-(S**2 - s*S)",
        tangential: "-2*(r - R)*s", also: "2*(r - R)*S"}))


def two_tangential_directions() -> dict[str, Any]:
    # A radial move, u itself: r = 1, s = 0, and v is arbitrary.
    proof = Proof("r R s S", vectors="u v V m")
    proof.assume("unit", "dot(u, u) = 1")
    proof.assume("first", "dot(v, v) = 1")
    proof.assume("second", "dot(V, V) = 1")
    proof.assume("tangential", "dot(u, v) = 0")
    proof.assume("also tangential", "dot(u, V) = 0")
    proof.assume("decomposed", "dot(m - r*u - s*v, m - r*u - s*v) = 0")
    proof.assume("decomposed again", "dot(m - R*u - S*V, m - R*u - S*V) = 0")
    proof.assume("outward", "s >= 0")
    proof.assume("also outward", "S >= 0")
    proof.assume("moved", "dot(m, m) > 0")
    return proof.refuted({
        "u": ["1", "0"], "v": ["0", "1"], "V": ["0", "-1"], "m": ["1", "0"], "r": "1", "R": "1", "s": "0",
        "S": "0"}, "dot(v - V, v - V) = 0")


def one_tangential_direction() -> dict[str, Any]:
    # u + v and u + 2 v have one tangential direction, and are two directions.
    proof = Proof("", vectors="u v m M")
    proof.assume("unit", "dot(u, u) = 1")
    proof.assume("tangential", "dot(u, v) = 0")
    proof.assume("first", "dot(v, v) = 1")
    proof.assume("one", "dot(m - u - v, m - u - v) = 0")
    proof.assume("other", "dot(M - u - 2*v, M - u - 2*v) = 0")
    return proof.refuted({
        "u": ["1", "0"], "v": ["0", "1"], "m": ["1", "1"], "M": ["1", "2"]},
        "dot(m, m)*dot(M, M) = dot(m, M)**2")


def radial_slope_near_zero() -> dict[str, Any]:
    # One neuron, h = 1, one sample x = u with label -1: at w = r u the radial slope is 1 + r.
    proof = Proof("a h y r e S")
    leg = proof.assume("leg", "a = 1")
    weight = proof.assume("weight", "h = 1")
    label = proof.assume("label", "y = -1")
    near = proof.assume("near", "r > 0")
    residual = proof.assume("residual", "e = h*(a*r) - y")
    slope = proof.assume("slope", "S = h*e*a")
    return proof.qed(proof.state("S > 1", {
        slope: "1", residual: "h*a", label: "-h*a", weight: "(h*a**2 + a**2)*r + a", leg: "(a + 1)*r + 1"},
        [term(near)]))


def radial_slope_along_a_ray() -> dict[str, Any]:
    # At w_i = r u the radial slope is the one towards u at w_i = 0, plus r times a sum of squares.
    proof = Proof("e E A r S", indexed="e E A")
    residual = proof.assume("residual", "E = e + r*A")
    slope = proof.assume("slope", "S = sum(E*A)")
    return proof.qed(proof.state("S = sum(e*A) + r*sum(A**2)", {slope: "1", residual: "A"}))


def tangential_slope_near_a_kink() -> dict[str, Any]:
    # ReLU, x = (0, 1), label -1, h = 1: the slope towards (d, c) is 0 at w = (c, -d), d > 0, and 1 at (1, 0).
    proof = Proof("a b h y c d e E S T")
    up = proof.assume("upper leg", "a = 1")
    down = proof.assume("lower leg", "b = 0")
    weight = proof.assume("weight", "h = 1")
    label = proof.assume("label", "y = -1")
    near = proof.assume("residual near", "e = h*(b*(-d)) - y")
    at = proof.assume("residual at the kink", "E = h*0 - y")
    slope = proof.assume("slope near", "S = h*e*(b*c)")
    kink = proof.assume("slope at the kink", "T = h*E*(a*1)")
    return proof.qed(
        proof.state("S = 0", {slope: "1", down: "h*e*c"}),
        proof.state("T = 1", {kink: "1", at: "h*a", label: "-h*a", weight: "a", up: "1"}),
        proof.state("e = 1", {near: "1", label: "-1", down: "-h*d"}),
        proof.state("h*e = 1", {near: "h", label: "-h", down: "-h**2*d", weight: "1"}))


def another_output() -> dict[str, Any]:
    # Output j' = 2 does not see h_1i; the printed sum, with h_ji', is output j = 1.
    proof = Proof("h t z f F D i")
    proof.assume("printed sum", "f = h*z")
    proof.assume("moved", "F = (h + t)*z")
    proof.assume("its slope", "t*D = F - f")
    proof.assume("j and j' differ", "i = 0")
    proof.assume("time", "t > 0")
    return proof.refuted({"h": "1", "t": "1", "z": "1", "f": "1", "F": "2", "D": "1", "i": "0"},
                         "D = i*z")


def vector_argument() -> dict[str, Any]:
    # u = (3/5, 4/5), x = (4, -3): u.x = 0, but rho entry by entry gives (4 a, -3 b).
    proof = Proof("a b u1 u2 x1 x2 p1 q1 p2 q2")
    proof.assume("unit", "u1**2 + u2**2 = 1")
    proof.assume("first entry", "x1 = p1 - q1")
    proof.assume("second entry", "x2 = p2 - q2")
    proof.assume("one of the first", "p1*q1 = 0")
    proof.assume("one of the second", "p2*q2 = 0")
    proof.assume("p1", "p1 >= 0")
    proof.assume("q1", "q1 >= 0")
    proof.assume("p2", "p2 >= 0")
    proof.assume("q2", "q2 >= 0")
    proof.assume("kink", "u1*x1 + u2*x2 = 0")
    return proof.refuted({
        "a": "1", "b": "0", "u1": "3/5", "u2": "4/5", "x1": "4", "x2": "-3", "p1": "4", "q1": "0", "p2": "0",
        "q2": "3"}, "u1*(a*p1 - b*q1) + u2*(a*p2 - b*q2) = 0")


def tangential_vector_argument() -> dict[str, Any]:
    # v = (4/5, -3/5), x = (4, -3), w = (3, 4): rho(v.x) = 5 a, while v.rho(x) = 16/5 a + 9/5 b.
    proof = Proof("a b w1 w2 v1 v2 x1 x2 p1 q1 p2 q2 p q")
    proof.assume("unit", "v1**2 + v2**2 = 1")
    proof.assume("tangential", "w1*v1 + w2*v2 = 0")
    proof.assume("kink", "w1*x1 + w2*x2 = 0")
    proof.assume("first entry", "x1 = p1 - q1")
    proof.assume("second entry", "x2 = p2 - q2")
    proof.assume("one of the first", "p1*q1 = 0")
    proof.assume("one of the second", "p2*q2 = 0")
    proof.assume("product", "v1*x1 + v2*x2 = p - q")
    proof.assume("one of the product", "p*q = 0")
    for name in ("p1", "q1", "p2", "q2", "p", "q"):
        proof.assume(name, f"{name} >= 0")
    return proof.refuted({
        "a": "1", "b": "0", "w1": "3", "w2": "4", "v1": "4/5", "v2": "-3/5", "x1": "4", "x2": "-3", "p1": "4",
        "q1": "0", "p2": "0", "q2": "3", "p": "5", "q": "0"},
        "v1*(a*p1 - b*q1) + v2*(a*p2 - b*q2) = a*p - b*q")


def without_output_weight() -> dict[str, Any]:
    # h = 2, w = (1, 0), x = (1, 1), y = 0, v = (0, 1), alpha+ = 1: L = 2 (1 + t)^2, of slope 4; e R = 2.
    proof = Proof("a h y s c e R t l L D C")
    proof.assume("residual", "e = h*(a*s) - y")
    proof.assume("active", "s > 0")
    proof.assume("hidden slope", "R = a*c")
    proof.assume("here", "l = e**2/2")
    proof.assume("there", "L = (h*(a*(s + t*c)) - y)**2/2")
    proof.assume("expansion", "L = l + t*D + t**2*C")
    proof.assume("quadratic part", "C = (h*R)**2/2")
    proof.assume("time", "t > 0")
    return proof.refuted({
        "a": "1", "h": "2", "y": "0", "s": "1", "c": "1", "e": "2", "R": "1", "t": "1", "l": "2", "L": "8",
        "D": "4", "C": "2"}, "D = e*R")


PROOFS = {
    "one point": one_point,
    "linear output": linear_output,
    "idle kink": idle_kink,
    "no residual": no_residual,
    "kink slopes": kink_slopes,
    "kink slopes of the loss": kink_slopes_of_the_loss,
    "parts": parts,
    "unique parts": unique_parts,
    "two tangential directions": two_tangential_directions,
    "one tangential direction": one_tangential_direction,
    "radial slope near zero": radial_slope_near_zero,
    "radial slope along a ray": radial_slope_along_a_ray,
    "tangential slope near a kink": tangential_slope_near_a_kink,
    "another output": another_output,
    "vector argument": vector_argument,
    "tangential vector argument": tangential_vector_argument,
    "without output weight": without_output_weight,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
