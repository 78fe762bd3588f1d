"""A negative eigenvalue of the inner Hessian: saddles where two coefficients are not negative, or maxima.

Let theta be a stationary point of the narrow network, a'H_r a < 0 for some a, and lambda_j >= 0 for two j.
Then split(theta, lambda) is stationary and no local minimum. It is a local maximum if theta is one and all
lambda_j > 0, and a saddle in every other case. theta is no local maximum when some hidden neuron has z_i !=
0, or when also b'H_r b > 0 for some b.

Source: amends paper A, Lemma 4, second conclusion; (142)-(151), (82) for the ascent.
Writing: lam, m: coefficients, before and after a shift; d, D, k: marks of daughters; l0, l1, i0, i1:
    coefficients at the marks, and inverses; c: how far a daughter moves along a, in units of t; M = sum
    lam*c**2; v = v_r; s, s1, s2: sigma, sigma', sigma'' at w_r.x; T: sigma after the move; q = a.x; z:
    hidden values; o, R, r: remainders, which tend to 0; e: residual; Y: change of an output; h = a'H_r a;
    u, p: output weights of the daughters near the split point, and divided by lam; F, G: outputs there, and
    of the narrow networks with one daughter; k: losses of these; l, L: losses before and after.
Scope: all sizes (m > r), every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/lemma-4.2-amended"


def moments() -> dict[str, Any]:
    # Part I: d and D mark two daughters, with positive coefficients l0 and l1.
    proof = Proof("lam d D c l0 l1 i0 i1", indexed="lam d D c")
    one_d = proof.assume("one d", "sum(d) = 1")
    one_D = proof.assume("one D", "sum(D) = 1")
    mark_d = proof.assume("mark d", "d*d = d")
    mark_D = proof.assume("mark D", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    value_d = proof.assume("value d", "d*lam = d*l0")
    value_D = proof.assume("value D", "D*lam = D*l1")
    inverse_d = proof.assume("inverse d", "l0*i0 = 1")
    inverse_D = proof.assume("inverse D", "l1*i1 = 1")
    sign_d = proof.assume("sign d", "i0 > 0")
    sign_D = proof.assume("sign D", "i1 > 0")
    # (143): they move apart, by t/l0 and by -t/l1 along a; the other daughters stay.
    moved = proof.assume("moved", "c = d*i0 - D*i1")

    # (145): to first order they cancel.
    first = proof.state("sum(lam*c) = 0", {
        moved: "lam", value_d: "i0", one_d: "l0*i0", inverse_d: "1",
        value_D: "-i1", one_D: "-l1*i1", inverse_D: "-1"})
    # (147): to second order both add.
    second = proof.state("sum(lam*c**2) = i0 + i1", {
        moved: "lam*(c + d*i0 - D*i1)", apart: "-2*lam*i0*i1",
        mark_d: "lam*i0**2", value_d: "i0**2", one_d: "l0*i0**2", inverse_d: "i0",
        mark_D: "lam*i1**2", value_D: "i1**2", one_D: "l1*i1**2", inverse_D: "i1"})
    positive = proof.state("i0 + i1 > 0", {}, [term(sign_d), term(sign_D)])
    return proof.qed(first, second, positive)


def outputs() -> dict[str, Any]:
    # (144): Taylor's formula for each daughter's hidden value; o tends to 0 with t.
    proof = Proof("lam c t v s s1 s2 q T o M R Y", indexed="lam c T o")
    first = proof.assume("first moment", "sum(lam*c) = 0")
    second = proof.assume("second moment", "M = sum(lam*c**2)")
    taylor = proof.assume("taylor", "T = s + t*c*q*s1 + t**2*c**2*(q**2*s2/2 + o)")
    rest = proof.assume("rest", "R = sum(lam*c**2*o)")
    change = proof.assume("change", "Y = sum(lam*v*(T - s))")

    # (145): the terms of first order cancel in the output.
    return proof.qed(proof.state("Y = t**2*v*(M*q**2*s2/2 + R)", {
        change: "1", taylor: "lam*v", first: "t*v*q*s1", second: "-t**2*v*q**2*s2/2", rest: "-t**2*v"}))


def descent() -> dict[str, Any]:
    # (20): the loss after the move, with every output moved as said.
    proof = Proof("t v s2 q e R Y M h r l L", indexed="s2 q e R Y")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + Y)**2)/2")
    change = proof.assume("change", "Y = t**2*v*(M*q**2*s2/2 + R)")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    rest = proof.assume("rest", "r = v*sum(e*R) + t**2*v**2*sum((M*q**2*s2/2 + R)**2)/2")
    # M > 0 > h, and r tends to 0 with t.
    small = proof.assume("small", "0 > M*h/2 + r")
    moved = proof.assume("moved", "t**2 > 0")

    # (148): so the loss falls by t**2 |M h/2 + r|.
    found = proof.state("L - l = t**2*(M*h/2 + r)", {
        after: "1", before: "-1", change: "e + (Y + t**2*v*(M*q**2*s2/2 + R))/2",
        curvature: "-t**2*M/2", rest: "-t**2"})
    return proof.qed(found, proof.state("l > L", {found: "-1"}, [term(moved, small)]))


def boundary() -> dict[str, Any]:
    # Part II: one positive coefficient l0, at the mark d, and a zero at the mark D. (150) moves g from d to
    # D: k is -1 at d, 1 at D, 0 elsewhere.
    proof = Proof("lam m k d D l0 v g", indexed="lam m k d D")
    one = proof.assume("one", "sum(lam) = 1")
    even = proof.assume("even", "sum(k) = 0")
    two = proof.assume("two", "sum(k**2) = 2")
    shifted = proof.assume("shifted", "m = lam + g*k")
    value = proof.assume("value", "d*lam = d*l0")
    zero = proof.assume("zero", "D*lam = 0")
    down = proof.assume("down", "d*k = -d")
    up = proof.assume("up", "D*k = D")

    # (149): still a split of theta, at distance sqrt(2)*g*|v|, now with two positive coefficients when 0 <
    # g < l0: Part I applies there.
    split = proof.state("sum(m) = 1", {shifted: "1", one: "1", even: "g"})
    near = proof.state("sum((m*v - lam*v)**2) = 2*g**2*v**2", {
        shifted: "v**2*(m - lam + g*k)", two: "g**2*v**2"})
    giver = proof.state("d*m = d*(l0 - g)", {shifted: "d", value: "1", down: "g"})
    taker = proof.state("D*m = D*g", {shifted: "D", zero: "1", up: "g"})
    return proof.qed(split, near, giver, taker)


def ascent() -> dict[str, Any]:
    # (82): where z_i is not zero the loss of the narrow network is a parabola in v_i; its slope is 0.
    proof = Proof("t z e Y l L", indexed="z e Y")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + Y)**2)/2")
    change = proof.assume("change", "Y = t*z")
    stationary = proof.assume("stationary", "sum(e*z) = 0")
    moved = proof.assume("moved", "t**2 > 0")
    alive = proof.assume("alive", "sum(z**2) > 0")

    # So it rises.
    parabola = proof.state("L - l = t**2*sum(z**2)/2", {
        after: "1", before: "-1", change: "e + (Y + t*z)/2", stationary: "t"})
    rises = proof.state("L > l", {parabola: "1"}, [term(moved, alive, coefficient="1/2")])
    return proof.qed(parabola, rises)


def ascent_of_a_daughter() -> dict[str, Any]:
    # A daughter with the coefficient -g moves alone, by t along a: its inner Hessian is -g H_r.
    proof = Proof("t g v s s1 s2 q T o e Y h l L", indexed="s s1 s2 q T o e Y")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + Y)**2)/2")
    change = proof.assume("change", "Y = -(g*v)*(T - s)")
    taylor = proof.assume("taylor", "T = s + t*q*s1 + t**2*(q**2*s2/2 + o)")
    stationary = proof.assume("stationary", "v*sum(e*s1*q) = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    small = proof.assume("small", "0 > h/2 + v*sum(e*o)")
    positive = proof.assume("positive", "g > 0")
    moved = proof.assume("moved", "t**2 > 0")
    linear = proof.state("sum(e*Y) = -(t**2*g)*(h/2 + v*sum(e*o))", {
        change: "e", taylor: "-(g*v*e)", stationary: "-(t*g)", curvature: "t**2*g/2"})
    return proof.qed(proof.state("L > l", {after: "1", before: "-1", linear: "1"}, [
        term(moved, positive, small), term(coefficient="1/2", square="Y")]))


def mean_output() -> dict[str, Any]:
    # All lambda_j > 0: near the split point the wide output is a mean of narrow outputs near theta.
    proof = Proof("lam u p T rest G F", indexed="lam u p T G")
    one = proof.assume("one", "sum(lam) = 1")
    share = proof.assume("share", "u = lam*p")
    narrow = proof.assume("narrow", "G = rest + p*T")
    wide = proof.assume("wide", "F = rest + sum(u*T)")
    return proof.qed(proof.state("sum(lam*G) = F", {narrow: "lam", one: "rest", share: "-T", wide: "-1"}))


def convexity() -> dict[str, Any]:
    # The loss is convex in the outputs: that of the mean is at most the mean of the losses.
    proof = Proof("lam k l L", vectors="G F y", indexed="lam k G")
    one = proof.assume("one", "sum(lam) = 1")
    positive = proof.assume("positive", "lam > 0")
    mean = proof.assume("mean", "sum(lam*dot(G, F - y)) = dot(F, F - y)")
    here = proof.assume("here", "L = dot(F - y, F - y)/2")
    each = proof.assume("each", "k = dot(G - y, G - y)/2")
    highest = proof.assume("highest", "l >= k")

    # So where no narrow loss exceeds l, no wide one does.
    jensen = proof.state(
        "sum(lam*k) >= L", {each: "lam", here: "-1", mean: "1", one: "(dot(y, y) - dot(F, F))/2"},
        [term(positive, square="G - F", coefficient="1/2")])
    return proof.qed(jensen, proof.state("l >= L", {one: "-l"}, [term(jensen), term(positive, highest)]))


def prove() -> list[dict[str, Any]]:
    return [moments(), outputs(), descent(), boundary(), ascent(), ascent_of_a_daughter(), mean_output(),
            convexity()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
