"""A positive eigenvalue of the inner Hessian makes a saddle wherever some coefficient is not positive.

Let theta be a stationary point of the narrow network, a'H_r a > 0 for some a, and lambda_j <= 0 for some j.
Then split(theta, lambda) is stationary, and the loss falls and rises arbitrarily near it: it is a saddle.

Source: paper A, Lemma 4, first conclusion; (129)-(141), and (68) for the ascent.
Writing: lam, m: coefficients, before and after a shift; e in "moments", d, k: marks of daughters; S, N, iS,
    iN: S_+ and |S_-| of (130) and their inverses; c: how far a daughter moves along a, in units of t; M =
    sum lam*c**2; v = v_r; s, s1, s2: sigma, sigma', sigma'' at w_r.x; T: sigma after the move; q = a.x; o,
    R, r: remainders, which tend to 0; e: residual; D: change of an output; h = a'H_r a; l, L: losses before
    and after.
Scope: all sizes (m > r), every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/lemma-4.1"


def moments() -> dict[str, Any]:
    # (129), (130): e marks the daughters with lambda >= 0. Part I: N = |S_-| is not zero.
    proof = Proof("lam e c S N iS iN", indexed="lam e c")
    one = proof.assume("one", "sum(lam) = 1")
    mark = proof.assume("mark", "e*e = e")
    plus = proof.assume("plus", "S = sum(lam*e)")
    minus = proof.assume("minus", "N = sum(lam*(e - 1))")
    plus_inverse = proof.assume("plus inverse", "S*iS = 1")
    minus_inverse = proof.assume("minus inverse", "N*iN = 1")
    plus_sign = proof.assume("plus sign", "iS > 0")
    minus_sign = proof.assume("minus sign", "iN > 0")
    # (132): the daughters move by t/S_+ or by t/|S_-| along a.
    moved = proof.assume("moved", "c = e*iS + (1 - e)*iN")

    # (135): to first order they cancel.
    first = proof.state("sum(lam*c) = 0", {
        moved: "lam", plus: "-iS", plus_inverse: "1", minus: "iN", minus_inverse: "-1"})
    # (137c), (138): to second order they do not: S_+ = 1 + |S_-|, so 1/S_+ - 1/|S_-| < 0.
    second = proof.state("sum(lam*c**2) = iS - iN", {
        moved: "lam*(c + e*iS + (1 - e)*iN)", mark: "lam*(iS**2 - 2*iS*iN + iN**2)",
        plus: "-iS**2", plus_inverse: "iS", minus: "iN**2", minus_inverse: "-iN"})
    more = proof.state("S = 1 + N", {plus: "1", minus: "-1", one: "1"})
    negative = proof.state("iN > iS", {more: "iS*iN", plus_inverse: "-iN", minus_inverse: "iS"},
                           [term(plus_sign, minus_sign)])
    return proof.qed(first, second, negative)


def outputs() -> dict[str, Any]:
    # (133): Taylor's formula for each daughter's hidden value; o tends to 0 with t.
    proof = Proof("lam c t v s s1 s2 q T o M R D", indexed="lam c T o")
    first = proof.assume("first moment", "sum(lam*c) = 0")
    second = proof.assume("second moment", "M = sum(lam*c**2)")
    taylor = proof.assume("taylor", "T = s + t*c*q*s1 + t**2*c**2*(q**2*s2/2 + o)")
    rest = proof.assume("rest", "R = sum(lam*c**2*o)")
    change = proof.assume("change", "D = sum(lam*v*(T - s))")

    # (135): the terms of first order cancel in the output.
    return proof.qed(proof.state("D = t**2*v*(M*q**2*s2/2 + R)", {
        change: "1", taylor: "lam*v", first: "t*v*q*s1", second: "-t**2*v*q**2*s2/2", rest: "-t**2*v"}))


def descent() -> dict[str, Any]:
    # (20): the loss after the move, with every output moved as said.
    proof = Proof("t v s2 q e R D M h r l L", indexed="s2 q e R D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = t**2*v*(M*q**2*s2/2 + R)")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    rest = proof.assume("rest", "r = v*sum(e*R) + t**2*v**2*sum((M*q**2*s2/2 + R)**2)/2")
    # M h < 0, and r tends to 0 with t.
    small = proof.assume("small", "0 > M*h/2 + r")
    moved = proof.assume("moved", "t**2 > 0")

    # (138): so the loss falls by t**2 |M h/2 + r|.
    found = proof.state("L - l = t**2*(M*h/2 + r)", {
        after: "1", before: "-1", change: "e + (D + t**2*v*(M*q**2*s2/2 + R))/2",
        curvature: "-t**2*M/2", rest: "-t**2"})
    return proof.qed(found, proof.state("l > L", {found: "-1"}, [term(moved, small)]))


def boundary() -> dict[str, Any]:
    # Part II: no coefficient is negative, but that of the daughter marked d is 0. (140) takes g from it and
    # gives g to another: k is -1 at the one, 1 at the other, 0 elsewhere.
    proof = Proof("lam m k d v g", indexed="lam m k d")
    one = proof.assume("one", "sum(lam) = 1")
    even = proof.assume("even", "sum(k) = 0")
    two = proof.assume("two", "sum(k**2) = 2")
    shifted = proof.assume("shifted", "m = lam + g*k")
    zero = proof.assume("zero", "d*lam = 0")
    down = proof.assume("down", "d*k = -d")

    # (139): still a split of theta, at distance sqrt(2)*g*|v|, and with a negative coefficient: Part I
    # applies there.
    split = proof.state("sum(m) = 1", {shifted: "1", one: "1", even: "g"})
    near = proof.state("sum((m*v - lam*v)**2) = 2*g**2*v**2", {
        shifted: "v**2*(m - lam + g*k)", two: "g**2*v**2"})
    negative = proof.state("d*m = -(d*g)", {shifted: "d", zero: "1", down: "g"})
    return proof.qed(split, near, negative)


def ascent() -> dict[str, Any]:
    # In the narrow network move w_r by t along a.
    proof = Proof("t v s s1 s2 q T o e D h l L", indexed="s s1 s2 q T o e D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = v*(T - s)")
    taylor = proof.assume("taylor", "T = s + t*q*s1 + t**2*(q**2*s2/2 + o)")
    stationary = proof.assume("stationary", "v*sum(e*s1*q) = 0")
    curvature = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    small = proof.assume("small", "h/2 + v*sum(e*o) > 0")
    moved = proof.assume("moved", "t**2 > 0")

    # |D|**2/2 is not negative, and <e, D> is t**2 (h/2 + v <e, o>): the loss rises.
    linear = proof.state("sum(e*D) = t**2*(h/2 + v*sum(e*o))", {
        change: "e", taylor: "v*e", stationary: "t", curvature: "-t**2/2"})
    rises = proof.state("L > l", {after: "1", before: "-1", linear: "1"},
                        [term(moved, small), term(coefficient="1/2", square="D")])
    return proof.qed(rises)


def prove() -> list[dict[str, Any]]:
    return [moments(), outputs(), descent(), boundary(), ascent()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
