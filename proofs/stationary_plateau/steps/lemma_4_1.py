"""Steps of the proof that a positive eigenvalue of the inner Hessian makes saddles on Lambda_+.

Source: paper A, Lemma 4, first conclusion; (53a), (129)-(141) and the sentences between them.
Writing: lam, m: coefficients, before and after a shift; e, d, k: marks of daughters; S, N, iS, iN: S_+,
    |S_-| and their inverses; c: how far a daughter moves along a, in units of t; u, U: output weights of
    daughters; v: v_r; V, iV: |v_r| and its inverse; s, s1, s2: sigma, sigma', sigma'' at w_r.x; T: sigma
    after the move; q = a.x; o: remainders; e: residual, in statements about samples; D: what one daughter
    changes of an output; h, H: a'H_r a for the narrow, a'H a for a wide neuron; g, gam: the shift, and gamma.
"""

from typing import Any

from symplateau.proof import Proof, term


def signed_sums() -> dict[str, Any]:
    # e marks J_+. What is not negative sums to 1 more than what is negative, without its sign.
    proof = Proof("lam e S N", indexed="lam e")
    one = proof.assume("one", "sum(lam) = 1")
    plus = proof.assume("plus", "S = sum(lam*e)")
    minus = proof.assume("minus", "N = sum(lam*(e - 1))")
    negative = proof.assume("negative", "lam*(e - 1) >= 0")
    more = proof.state("S = 1 + N", {plus: "1", minus: "-1", one: "1"})
    size = proof.state("N >= 0", {minus: "1"}, [term(negative)])
    larger = proof.state("S > N", {more: "1"}, [term()])
    positive = proof.state("S > 0", {more: "1"}, [term(), term(size)])
    return proof.qed(more, size, larger, positive)


def negative_sum() -> dict[str, Any]:
    # n marks J_-, which has at least one member, and l is the least size of its coefficients.
    proof = Proof("lam n l N", indexed="lam n")
    size = proof.assume("size", "N = -sum(n*lam)")
    least = proof.assume("least", "-(n*lam) >= n*l")
    some = proof.assume("some", "sum(n) >= 1")
    positive = proof.assume("positive", "l > 0")
    return proof.qed(proof.state("N > 0", {size: "1"}, [
        term(positive), term(positive, some), term(least)]))


def zero_residual() -> dict[str, Any]:
    proof = Proof("v e s2 xj xl h", indexed="e s2 xj xl")
    zero = proof.assume("zero", "e = 0")
    entry = proof.assume("entry", "h = v*sum(e*s2*xj*xl)")
    return proof.qed(proof.state("h = 0", {entry: "1", zero: "v*s2*xj*xl"}))


def eigenvector() -> dict[str, Any]:
    # a: a unit eigenvector of the largest eigenvalue l; b: H_r a.
    proof = Proof("l", vectors="a b")
    eigen = proof.assume("eigen", "dot(a, b) = l*dot(a, a)")
    unit = proof.assume("unit", "dot(a, a) = 1")
    positive = proof.assume("positive", "l > 0")
    value = proof.state("dot(a, b) = l", {eigen: "1", unit: "l"})
    return proof.qed(value, proof.state("dot(a, b) > 0", {value: "1"}, [term(positive)]))


def length_of_the_move() -> dict[str, Any]:
    proof = Proof("t c B D", vectors="a", indexed="c")
    unit = proof.assume("unit", "dot(a, a) = 1")
    moved = proof.assume("moved", "B = sum(dot(t*c*a, t*c*a))")
    short = proof.assume("short", "D**2 > t**2*sum(c**2)")
    found = proof.state("B = t**2*sum(c**2)", {moved: "1", unit: "t**2*sum(c**2)"})
    return proof.qed(found, proof.state("D**2 > B", {found: "-1"}, [term(short)]))


def unmoved() -> dict[str, Any]:
    proof = Proof("u U s T D")
    output = proof.assume("output", "U = u")
    hidden = proof.assume("hidden", "T = s")
    part = proof.assume("part", "D = U*T - u*s")
    return proof.qed(proof.state("D = 0", {part: "1", output: "T", hidden: "u"}))


def first_order() -> dict[str, Any]:
    # (133) at one sample, for every daughter; (135): the first order cancels in the sum.
    proof = Proof("lam c t v u s s1 q T o D", indexed="lam c u T o D")
    first = proof.assume("first moment", "sum(lam*c) = 0")
    output = proof.assume("output", "u = lam*v")
    taylor = proof.assume("taylor", "T = s + t*c*(q*s1 + o)")
    part = proof.assume("part", "D = u*T - u*s")
    each = proof.state("D = lam*v*t*c*q*s1 + t*lam*v*c*o", {
        part: "1", taylor: "u", output: "t*c*(q*s1 + o)"})
    return proof.qed(each, proof.state("sum(D) = t*v*sum(lam*c*o)", {each: "1", first: "t*v*q*s1"}))


def second_order() -> dict[str, Any]:
    # (136) for one daughter, whether its output weight u is 0 or not.
    proof = Proof("t c u s s1 s2 q T o e D H", indexed="s s1 s2 q T o e D")
    taylor = proof.assume("taylor", "T = s + t*c*q*s1 + t**2*c**2*(q**2*s2/2 + o)")
    part = proof.assume("part", "D = u*T - u*s")
    stationary = proof.assume("stationary", "u*sum(e*s1*q) = 0")
    curvature = proof.assume("curvature", "H = u*sum(e*s2*q**2)")
    return proof.qed(proof.state("sum(e*D) = t**2*c**2*H/2 + t**2*c**2*u*sum(e*o)", {
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
    # (137), with H the inner Hessian of the daughter: neuron r + j.
    proof = Proof("lam e S N iS iN c t h H P", indexed="lam e c H")
    mark = proof.assume("mark", "e*e = e")
    plus = proof.assume("plus", "S = sum(lam*e)")
    minus = proof.assume("minus", "N = sum(lam*(e - 1))")
    plus_inverse = proof.assume("plus inverse", "S*iS = 1")
    minus_inverse = proof.assume("minus inverse", "N*iN = 1")
    moved = proof.assume("moved", "c = e*iS + (1 - e)*iN")
    wide = proof.assume("wide", "H = lam*h")
    total = proof.assume("total", "P = sum(t**2*c**2*H/2)")
    first = proof.state("P = t**2*iS**2*sum(e*H)/2 + t**2*iN**2*sum((1 - e)*H)/2", {
        total: "1", moved: "t**2*H*(c + e*iS + (1 - e)*iN)/2", mark: "t**2*H*(iS**2 - 2*iS*iN + iN**2)/2"})
    second = proof.state("P = t**2*(iS**2*sum(e*lam) + iN**2*sum((1 - e)*lam))*h/2", {
        first: "1", wide: "t**2*(iS**2*e + iN**2*(1 - e))/2"})
    third = proof.state("P = t**2*(iS - iN)*h/2", {
        second: "1", plus: "-t**2*iS**2*h/2", plus_inverse: "t**2*iS*h/2", minus: "t**2*iN**2*h/2",
        minus_inverse: "-t**2*iN*h/2"})
    return proof.qed(first, second, third)


def printed_index_j() -> dict[str, Any]:
    # sigma = t**2, x = y = 1, w = (0, 0), v = (1, -1): f = 0, so e = -1 and H_i = 2 v_i e. The last neuron
    # is split with (2, -1). H0 is the inner Hessian of the neuron that is not split, H1 of daughter 0.
    proof = Proof("t e v0 v1 lam0 lam1 iS iN H0 H1 P")
    proof.assume("inverse of S_+", "lam0*iS = 1")
    proof.assume("inverse of |S_-|", "-lam1*iN = 1")
    proof.assume("coefficients", "lam0 + lam1 = 1")
    proof.assume("other neuron", "H0 = 2*v0*e")
    proof.assume("daughter 0", "H1 = 2*lam0*v1*e")
    proof.assume("second order", "P = t**2*(iS**2*lam0 + iN**2*lam1)*2*v1*e/2")
    proof.assume("positive", "2*v1*e > 0")
    return proof.refuted({
        "t": "1", "e": "-1", "v0": "1", "v1": "-1", "lam0": "2", "lam1": "-1", "iS": "1/2", "iN": "1",
        "H0": "-2", "H1": "4", "P": "-1/2"}, "P = t**2*iS**2*H0/2 + t**2*iN**2*H1/2")


def printed_sum() -> dict[str, Any]:
    # r = 1, m = 4: four daughters with (0, 0, 1/2, 1/2); the first two coefficients are shifted by 1/8.
    # The printed sum ends at index r = 1; n marks the indices 0, ..., r.
    proof = Proof("lam m k n g", indexed="lam m k n")
    proof.assume("coefficients", "sum(lam) = 1")
    proof.assume("shifted", "m = lam + g*k")
    proof.assume("even", "sum(k) = 0")
    proof.assume("two terms", "sum(n) = 2")
    proof.assume("positive", "g > 0")
    return proof.refuted({
        "lam": ["0", "0", "1/2", "1/2"], "m": ["-1/8", "1/8", "1/2", "1/2"], "k": ["-1", "1", "0", "0"],
        "n": ["1", "1", "0", "0"], "g": "1/8"}, "sum(n*m) = 1")


def parent_weight() -> dict[str, Any]:
    # (11): were v_r = 0, all of H_r would be 0.
    proof = Proof("v e s2 q h", indexed="e s2 q")
    zero = proof.assume("zero", "v = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    return proof.qed(proof.state("h = 0", {curvature: "1", zero: "sum(e*s2*q**2)"}))


def another_daughter() -> dict[str, Any]:
    # d marks a daughter with coefficient 0: the others sum to 1, so there is another.
    proof = Proof("lam d", indexed="lam d")
    one = proof.assume("one", "sum(lam) = 1")
    zero = proof.assume("zero", "d*lam = 0")
    return proof.qed(proof.state("sum((1 - d)*lam) = 1", {one: "1", zero: "-1"}))


def shift() -> dict[str, Any]:
    # (139), (140) with gamma: the distance is gamma itself.
    proof = Proof("lam m k v V iV r g gam D", indexed="lam m k")
    root = proof.assume("root", "r**2 = 2")
    absolute = proof.assume("absolute", "V**2 = v**2")
    inverse = proof.assume("inverse", "V*iV = 1")
    amount = proof.assume("amount", "g = r*gam*iV/2")
    two = proof.assume("two", "sum(k**2) = 2")
    shifted = proof.assume("shifted", "m = lam + g*k")
    positive = proof.assume("positive", "gam > 0")
    short = proof.assume("short", "D/2 > gam")
    scaled = proof.state("g**2*v**2 = gam**2/2", {
        absolute: "-g**2", amount: "V**2*(g + r*gam*iV/2)", root: "V**2*gam**2*iV**2/4",
        inverse: "gam**2*(V*iV + 1)/2"})
    near = proof.state("sum((m*v - lam*v)**2) = gam**2", {
        shifted: "v**2*(m - lam + g*k)", two: "g**2*v**2", scaled: "2"})
    inside = proof.state("D**2/4 > sum((m*v - lam*v)**2)", {near: "-1"}, [
        term(short, short), term(short, positive, coefficient="2")])
    return proof.qed(near, inside)


def two_short_moves() -> dict[str, Any]:
    # From theta to theta', from there to theta'': each shorter than D/2, together shorter than D.
    proof = Proof("D", vectors="a b")
    first = proof.assume("first", "D**2/4 > dot(a, a)")
    second = proof.assume("second", "D**2/4 > dot(b, b)")
    return proof.qed(proof.state("D**2 > dot(a + b, a + b)", {}, [
        term(first, coefficient="2"), term(second, coefficient="2"), term(square="a - b")]))


PROOFS = {
    "signed sums": signed_sums,
    "negative sum": negative_sum,
    "zero residual": zero_residual,
    "eigenvector": eigenvector,
    "length of the move": length_of_the_move,
    "unmoved": unmoved,
    "first order": first_order,
    "second order": second_order,
    "inner Hessians": inner_hessians,
    "second order sum": second_order_sum,
    "printed index of H": printed_index_j,
    "printed sum": printed_sum,
    "parent weight": parent_weight,
    "another daughter": another_daughter,
    "shift": shift,
    "two short moves": two_short_moves,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
