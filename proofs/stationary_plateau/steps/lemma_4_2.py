"""Steps of the proof that a negative eigenvalue of the inner Hessian makes saddles on Lambda_-.

Source: paper A, Lemma 4, second conclusion; (53b), (142)-(151) and the sentences between them.
Writing: lam, m: coefficients, before and after a shift; d, D: marks of the two daughters that move; l0, l1,
    i0, i1: their coefficients and the inverses; k: the direction of a shift; c: how far a daughter moves
    along a (b in the paper), in units of t (beta); u, U: output weights of daughters; v: v_r; V, iV: |v_r|
    and its inverse; s, s1, s2: sigma, sigma', sigma'' at w_r.x; T: sigma after the move; q = a.x; o:
    remainders; e, E: residuals; Y: what a daughter changes of an output; h, H: a'H_r a for the narrow, a'H a
    for a wide neuron; l, L: losses before and after; g, gam: the shift, and gamma.
The network of the witness to (147a): sigma = t + t**2, two samples x = 1, -1 with y = 1, 1, v = 1, w =
    0. There f = 0, so e = (-1, -1), the point is stationary, and H_r = -4.
"""

from typing import Any

from symplateau.proof import Proof, term


def second_largest() -> dict[str, Any]:
    # Of two daughters with coefficients >= 0 one is not the first; its coefficient is at most the second.
    proof = Proof("l0 l1 lam")
    positive = proof.assume("not negative", "lam >= 0")
    order = proof.assume("order", "l0 >= l1")
    second = proof.assume("second", "l1 >= lam")
    return proof.qed(proof.state("l1 >= 0", {}, [term(second), term(positive)]),
                     proof.state("l0 >= 0", {}, [term(order), term(second), term(positive)]))


def largest_coefficient() -> dict[str, Any]:
    # n is the number of daughters, i its inverse.
    proof = Proof("lam l0 i", indexed="lam")
    one = proof.assume("one", "sum(lam) = 1")
    largest = proof.assume("largest", "l0 >= lam")
    inverse = proof.assume("inverse", "i*sum(1) = 1")
    positive = proof.assume("positive", "i > 0")
    return proof.qed(proof.state("l0 > 0", {inverse: "-l0", one: "i"}, [
        term(positive), term(positive, largest)]))


def eigenvector() -> dict[str, Any]:
    # a: a unit eigenvector of the least eigenvalue l; b: H_r a.
    proof = Proof("l", vectors="a b")
    eigen = proof.assume("eigen", "dot(a, b) = l*dot(a, a)")
    unit = proof.assume("unit", "dot(a, a) = 1")
    negative = proof.assume("negative", "0 > l")
    value = proof.state("dot(a, b) = l", {eigen: "1", unit: "l"})
    return proof.qed(value, proof.state("0 > dot(a, b)", {value: "-1"}, [term(negative)]))


def length_of_the_move() -> dict[str, Any]:
    proof = Proof("t i0 i1 B r", vectors="a")
    unit = proof.assume("unit", "dot(a, a) = 1")
    moved = proof.assume("moved", "B = dot(t*i0*a, t*i0*a) + dot(t*i1*a, t*i1*a)")
    short = proof.assume("short", "r**2 > t**2*(i0**2 + i1**2)")
    found = proof.state("B = t**2*(i0**2 + i1**2)", {moved: "1", unit: "t**2*(i0**2 + i1**2)"})
    return proof.qed(found, proof.state("r**2 > B", {found: "-1"}, [term(short)]))


def unmoved() -> dict[str, Any]:
    proof = Proof("u U s T Y")
    output = proof.assume("output", "U = u")
    hidden = proof.assume("hidden", "T = s")
    part = proof.assume("part", "Y = U*T - u*s")
    return proof.qed(proof.state("Y = 0", {part: "1", output: "T", hidden: "u"}))


def first_order() -> dict[str, Any]:
    # (144) at one sample, for every daughter; (145): the first order cancels in the sum.
    proof = Proof("lam c t v u s s1 q T o Y", indexed="lam c u T o Y")
    first = proof.assume("first moment", "sum(lam*c) = 0")
    output = proof.assume("output", "u = lam*v")
    taylor = proof.assume("taylor", "T = s + t*c*(q*s1 + o)")
    part = proof.assume("part", "Y = u*T - u*s")
    each = proof.state("Y = lam*v*t*c*q*s1 + t*lam*v*c*o", {
        part: "1", taylor: "u", output: "t*c*(q*s1 + o)"})
    return proof.qed(each, proof.state("sum(Y) = t*v*sum(lam*c*o)", {each: "1", first: "t*v*q*s1"}))


def second_order() -> dict[str, Any]:
    # (146) for one daughter, with its own inner Hessian.
    proof = Proof("t c u s s1 s2 q T o e Y H", indexed="s s1 s2 q T o e Y")
    taylor = proof.assume("taylor", "T = s + t*c*q*s1 + t**2*c**2*(q**2*s2/2 + o)")
    part = proof.assume("part", "Y = u*T - u*s")
    stationary = proof.assume("stationary", "u*sum(e*s1*q) = 0")
    curvature = proof.assume("curvature", "H = u*sum(e*s2*q**2)")
    return proof.qed(proof.state("sum(e*Y) = t**2*c**2*H/2 + t**2*c**2*u*sum(e*o)", {
        part: "e", taylor: "u*e", stationary: "t*c", curvature: "-t**2*c**2/2"}))


def inner_hessians() -> dict[str, Any]:
    # (11) for a daughter and for the parent.
    proof = Proof("lam v u e E s2 S2 xj xl h H", indexed="e E s2 S2 xj xl")
    output = proof.assume("output", "u = lam*v")
    residual = proof.assume("residual", "E = e")
    bend = proof.assume("bend", "S2 = s2")
    narrow = proof.assume("narrow", "h = v*sum(e*s2*xj*xl)")
    wide = proof.assume("wide", "H = u*sum(E*S2*xj*xl)")
    return proof.qed(proof.state("H = lam*h", {
        wide: "1", narrow: "-lam", output: "sum(e*s2*xj*xl)", residual: "u*s2*xj*xl", bend: "u*E*xj*xl"}))


def second_order_sum() -> dict[str, Any]:
    # (147): p0 and p1 are the moves of the two daughters along a, dw_r = p0 a and dw_(r+1) = p1 a.
    proof = Proof("l0 l1 i0 i1 t p0 p1 h H0 H1 P")
    inverse0 = proof.assume("inverse of l0", "l0*i0 = 1")
    inverse1 = proof.assume("inverse of l1", "l1*i1 = 1")
    moved0 = proof.assume("first move", "p0 = t*i0")
    moved1 = proof.assume("second move", "p1 = -t*i1")
    wide0 = proof.assume("first daughter", "H0 = l0*h")
    wide1 = proof.assume("second daughter", "H1 = l1*h")
    total = proof.assume("total", "P = p0**2*H0/2 + p1**2*H1/2")
    first = proof.state("P = l0*p0*h*p0/2 + l1*p1*h*p1/2", {total: "1", wide0: "p0**2/2", wide1: "p1**2/2"})
    second = proof.state("P = (t**2*i0/2 + t**2*i1/2)*h", {
        first: "1", moved0: "l0*h*(p0 + t*i0)/2", inverse0: "t**2*i0*h/2", moved1: "l1*h*(p1 - t*i1)/2",
        inverse1: "t**2*i1*h/2"})
    return proof.qed(first, second, proof.state("P = t**2*(i0 + i1)*h/2", {second: "1"}))


def printed_weight() -> dict[str, Any]:
    # The network of the docstring, split with (1/3, 2/3); p0 and p1: the moves; A and B: what the daughters
    # change of the output at x = 1, a and b: at x = -1; w = w_r = w_(r+1), where dw_r, dw_(r+1) are meant.
    proof = Proof("l0 l1 i0 i1 t p0 p1 A a B b e h w P")
    proof.assume("coefficients", "l0 + l1 = 1")
    proof.assume("inverse of l0", "l0*i0 = 1")
    proof.assume("inverse of l1", "l1*i1 = 1")
    proof.assume("first move", "p0 = t*i0")
    proof.assume("second move", "p1 = -t*i1")
    proof.assume("first change at 1", "A = l0*(p0 + p0**2)")
    proof.assume("first change at -1", "a = l0*(p0**2 - p0)")
    proof.assume("second change at 1", "B = l1*(p1 + p1**2)")
    proof.assume("second change at -1", "b = l1*(p1**2 - p1)")
    proof.assume("residual", "e = -1")
    proof.assume("inner Hessian", "h = 2*e + 2*e")
    proof.assume("weight", "w = 0")
    proof.assume("product", "P = e*(A + B) + e*(a + b)")
    return proof.refuted(
        {"l0": "1/3", "l1": "2/3", "i0": "3", "i1": "3/2", "t": "1", "p0": "3", "p1": "-3/2", "A": "4",
         "a": "2", "B": "1/2", "b": "5/2", "e": "-1", "h": "-4", "w": "0", "P": "-9"},
        "P = l0*p0*h*w/2 + l1*p1*h*w/2")


def parent_weight() -> dict[str, Any]:
    # (11): were v_r = 0, all of H_r would be 0.
    proof = Proof("v e s2 q h", indexed="e s2 q")
    zero = proof.assume("zero", "v = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    return proof.qed(proof.state("h = 0", {curvature: "1", zero: "sum(e*s2*q**2)"}))


def shift() -> dict[str, Any]:
    # (149), (150): the distance is gamma itself, and below the printed bound lambda'_0 stays positive.
    proof = Proof("lam m k v V iV r g gam R l0", indexed="lam m k")
    root = proof.assume("root", "r**2 = 2")
    absolute = proof.assume("absolute", "V**2 = v**2")
    inverse = proof.assume("inverse", "V*iV = 1")
    amount = proof.assume("amount", "g = r*gam*iV/2")
    two = proof.assume("two", "sum(k**2) = 2")
    shifted = proof.assume("shifted", "m = lam + g*k")
    positive = proof.assume("positive", "gam > 0")
    short = proof.assume("short", "R/2 > gam")
    bound = proof.assume("bound", "r*V*l0 > gam")
    signs = proof.assume("signs", "r*iV > 0")
    scaled = proof.state("g**2*v**2 = gam**2/2", {
        absolute: "-g**2", amount: "V**2*(g + r*gam*iV/2)", root: "V**2*gam**2*iV**2/4",
        inverse: "gam**2*(V*iV + 1)/2"})
    near = proof.state("sum((m*v - lam*v)**2) = gam**2", {
        shifted: "v**2*(m - lam + g*k)", two: "g**2*v**2", scaled: "2"})
    inside = proof.state("R**2/4 > sum((m*v - lam*v)**2)", {near: "-1"}, [
        term(short, short), term(short, positive, coefficient="2")])
    first = proof.state("l0 - g > 0", {amount: "-1", root: "-V*l0*iV/2", inverse: "-l0"}, [
        term(bound, signs, coefficient="1/2")])
    second = proof.state("g > 0", {amount: "1"}, [term(positive, signs, coefficient="1/2")])
    return proof.qed(near, inside, first, second)


def printed_order() -> dict[str, Any]:
    # The network of A/lemma-4.2, sigma = t**2, v = x = y = 1, w = 0, with (1, 0); G is gamma**2.
    proof = Proof("l0 l1 m0 m1 v g G")
    proof.assume("coefficients", "l0 + l1 = 1")
    proof.assume("zero", "l1 = 0")
    proof.assume("amount", "2*g**2*v**2 = G")
    proof.assume("positive", "g > 0")
    proof.assume("bound", "2*v**2*l0**2 > G")
    proof.assume("first", "m0 = l0 - g")
    proof.assume("second", "m1 = l1 + g")
    return proof.refuted({"l0": "1", "l1": "0", "m0": "1/4", "m1": "3/4", "v": "1", "g": "3/4", "G": "9/8"},
                         "m0 > m1")


def order() -> dict[str, Any]:
    proof = Proof("l0 l1 m0 m1 g")
    zero = proof.assume("zero", "l1 = 0")
    positive = proof.assume("positive", "g > 0")
    half = proof.assume("half", "l0 > 2*g")
    first = proof.assume("first", "m0 = l0 - g")
    second = proof.assume("second", "m1 = l1 + g")
    return proof.qed(proof.state("m0 > m1", {first: "1", second: "-1", zero: "-1"}, [term(half)]),
                     proof.state("m1 > 0", {second: "1", zero: "1"}, [term(positive)]))


def printed_sum() -> dict[str, Any]:
    # r = 1, m = 4: four daughters with (2, 0, -1/2, -1/2); the first two coefficients are shifted by 1/8.
    # The printed sum ends at index r = 1; n marks the indices 0, ..., r.
    proof = Proof("lam m k n g", indexed="lam m k n")
    proof.assume("coefficients", "sum(lam) = 1")
    proof.assume("shifted", "m = lam + g*k")
    proof.assume("even", "sum(k) = 0")
    proof.assume("two terms", "sum(n) = 2")
    proof.assume("positive", "g > 0")
    return proof.refuted({
        "lam": ["2", "0", "-1/2", "-1/2"], "m": ["15/8", "1/8", "-1/2", "-1/2"], "k": ["-1", "1", "0", "0"],
        "n": ["1", "1", "0", "0"], "g": "1/8"}, "sum(n*m) = 1")


def two_short_moves() -> dict[str, Any]:
    # From theta to theta', from there to theta'': each shorter than r/2, together shorter than r.
    proof = Proof("r", vectors="a b")
    first = proof.assume("first", "r**2/4 > dot(a, a)")
    second = proof.assume("second", "r**2/4 > dot(b, b)")
    return proof.qed(proof.state("r**2 > dot(a + b, a + b)", {}, [
        term(first, coefficient="2"), term(second, coefficient="2"), term(square="a - b")]))


PROOFS = {
    "second largest": second_largest,
    "largest coefficient": largest_coefficient,
    "eigenvector": eigenvector,
    "length of the move": length_of_the_move,
    "unmoved": unmoved,
    "first order": first_order,
    "second order": second_order,
    "inner Hessians": inner_hessians,
    "second order sum": second_order_sum,
    "printed weight": printed_weight,
    "parent weight": parent_weight,
    "shift": shift,
    "printed order": printed_order,
    "order": order,
    "printed sum": printed_sum,
    "two short moves": two_short_moves,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
