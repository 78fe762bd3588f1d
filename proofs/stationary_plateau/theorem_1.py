"""A definite inner Hessian decides, for every lambda, what splitting a local minimum gives.

Let theta be a local minimum of the narrow network. If H_r is positive definite, split(theta, lambda) is a
local minimum when all lambda_j > 0, else a saddle. If it is negative definite: a local minimum when one
lambda_j > 0 and all others are < 0, else a saddle. If it is indefinite: always a saddle.

Source: paper A, Theorem 1; sections 6.1.1-6.1.3, A.4, A.5; (32)-(50), (86)-(128).
Writing: theta' is a point near the split point; u, w: output and input weights of its daughters; v = sum u,
    lam = u/v, m = sum lam*w; the narrow point of comparison has (v, m) in the daughters' place. Both
    definite cases compare a center q with points p of weights b >= 0, sum b = 1, sum b*p = q; a: what
    multiplies the comparison. S, T, t, s, S0: values of sigma; e: residual at theta; Y: what the outputs
    move by from theta to the point of comparison, D: from there to theta'; l, k, L: the losses at the
    three.
Scope: all sizes (m > r), every twice continuously differentiable activation.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/theorem-1"


def shares() -> dict[str, Any]:
    # (32): the coefficients of theta', which is itself no split point, sum to 1.
    proof = Proof("lam u v i S t rest f F", indexed="lam u S")
    total = proof.assume("total", "v = sum(u)")
    nonzero = proof.assume("nonzero", "v*i = 1")
    share = proof.assume("share", "u = lam*v")
    narrow = proof.assume("narrow", "f = rest + v*t")
    wide = proof.assume("wide", "F = rest + sum(u*S)")
    one = proof.state("sum(lam) = 1", {nonzero: "1 - sum(lam)", total: "-i", share: "-i"})

    # (36), (37): D for the first case: weights lam, points w, center m, and a = v.
    return proof.qed(one, proof.state("F - f = v*(sum(lam*S) - t)", {wide: "1", narrow: "-1", share: "S"}))


def shares_of_the_positive_one() -> dict[str, Any]:
    # Second case, d marks the one daughter with lambda > 0. (106), (107): its w is the center; the points
    # are the other daughters' w, and m in its own place; the weights are -lam/l0, and 1/l0.
    proof = Proof("lam u S T d b l0 b0 s S0 v rest f F", indexed="lam u S T d b")
    one = proof.assume("one", "sum(lam) = 1")
    single = proof.assume("single", "sum(d) = 1")
    mark = proof.assume("mark", "d*d = d")
    first = proof.assume("first", "d*lam = d*l0")
    inverse = proof.assume("inverse", "l0*b0 = 1")
    positive = proof.assume("positive", "b0 > 0")
    negative = proof.assume("negative", "-((1 - d)*lam) >= 0")
    weights = proof.assume("weights", "b = d*b0 - (1 - d)*lam*b0")
    center = proof.assume("center", "d*S = d*S0")
    values = proof.assume("values", "T = d*s + (1 - d)*S")
    share = proof.assume("share", "u = lam*v")
    narrow = proof.assume("narrow", "f = rest + v*s")
    wide = proof.assume("wide", "F = rest + sum(u*S)")
    total = proof.state("sum(b) = 1", {
        weights: "1", first: "b0", single: "b0*(1 + l0)", one: "-b0", inverse: "1"})
    sign = proof.state("b >= 0", {weights: "1", mark: "-b0"}, [
        term(positive, square="d"), term(positive, negative)])

    # (108): D for the second case: a = -l0*v, which is minus the output weight of the marked daughter.
    difference = proof.state("F - f = -(l0*v)*(sum(b*T) - S0)", {
        wide: "1", narrow: "-1", share: "S", weights: "l0*v*T", values: "l0*v*b0*(d - (1 - d)*lam)",
        mark: "l0*v*b0*(s - S)*(1 + lam)", first: "l0*v*b0*S", center: "l0**2*v*b0",
        single: "l0*v*b0*(s + l0*S0)", inverse: "v*(s - sum(lam*S) + l0*S0)"})
    return proof.qed(total, sign, difference)


def center_of_the_others() -> dict[str, Any]:
    # (109): the center is the mean of its points, here tested on an arbitrary vector x.
    proof = Proof("lam d b l0 b0", vectors="w p m q x", indexed="lam d b w p")
    single = proof.assume("single", "sum(d) = 1")
    mark = proof.assume("mark", "d*d = d")
    first = proof.assume("first", "d*lam = d*l0")
    inverse = proof.assume("inverse", "l0*b0 = 1")
    weights = proof.assume("weights", "b = d*b0 - (1 - d)*lam*b0")
    mean = proof.assume("mean", "dot(m, x) = sum(lam*dot(w, x))")
    center = proof.assume("center", "d*dot(w, x) = d*dot(q, x)")
    points = proof.assume("points", "dot(p, x) = d*dot(m, x) + (1 - d)*dot(w, x)")
    return proof.qed(proof.state("sum(b*dot(p, x)) = dot(q, x)", {
        weights: "dot(p, x)", points: "b0*(d - (1 - d)*lam)",
        mark: "b0*(dot(m, x) - dot(w, x))*(1 + lam)", first: "b0*dot(w, x)", center: "l0*b0",
        single: "b0*(dot(m, x) + l0*dot(q, x))", inverse: "dot(q, x)", mean: "b0"}))


def remainder() -> dict[str, Any]:
    # (86)-(88), (110), (111): Taylor's formula at the center; as the center is the mean of the points, only
    # second order is left of D.
    proof = Proof("a b T t s1 c D", vectors="p q x", indexed="b T c p")
    one = proof.assume("one", "sum(b) = 1")
    mean = proof.assume("mean", "sum(b*dot(p, x)) = dot(q, x)")
    taylor = proof.assume("taylor", "T = t + s1*dot(p - q, x) + c*dot(p - q, x)**2/2")
    error = proof.assume("error", "D = a*(sum(b*T) - t)")
    return proof.qed(proof.state("D = a*sum(b*c*dot(p - q, x)**2)/2", {
        error: "1", taylor: "a*b", one: "a*(t - s1*dot(q, x))", mean: "a*s1"}))


def bound_per_sample() -> dict[str, Any]:
    # (90)-(92), (113)-(115): with |sigma''| <= M, each D is at most A M |x|**2/2 times the spread of the
    # points, A = |a|.
    proof = Proof("a A b c M spread D", vectors="p q x", indexed="b c p")
    error = proof.assume("error", "D = a*sum(b*c*dot(p - q, x)**2)/2")
    spread = proof.assume("spread", "spread = sum(b*dot(p - q, p - q))")
    weights = proof.assume("weights", "b >= 0")
    upper = proof.assume("upper", "M >= c")
    lower = proof.assume("lower", "M + c >= 0")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(p - q, p - q) - dot(p - q, x)**2 >= 0")
    above = proof.assume("above", "A >= a")
    below = proof.assume("below", "A + a >= 0")
    square = {"square": "dot(p - q, x)"}
    cauchy = [term(weights, side, schwarz, coefficient="1/2") for side in (upper, lower)]
    high = proof.state("M*dot(x, x)*spread - sum(b*c*dot(p - q, x)**2) >= 0", {spread: "M*dot(x, x)"},
                       [*cauchy, term(weights, upper, **square)])
    low = proof.state("M*dot(x, x)*spread + sum(b*c*dot(p - q, x)**2) >= 0", {spread: "M*dot(x, x)"},
                      [*cauchy, term(weights, lower, **square)])
    return proof.qed(
        proof.state("A*M*dot(x, x)*spread/2 - D >= 0", {error: "-1"}, [
            term(above, low, coefficient="1/4"), term(below, high, coefficient="1/4")]),
        proof.state("A*M*dot(x, x)*spread/2 + D >= 0", {error: "1"}, [
            term(above, high, coefficient="1/4"), term(below, low, coefficient="1/4")]))


def bound() -> dict[str, Any]:
    # (94), (117): the norm of D, from its entries; K**2 is at least the sum of (M_k |x_k|**2)**2.
    proof = Proof("A m K spread D E", indexed="m D")
    high = proof.assume("high", "A*m*spread/2 - D >= 0")
    low = proof.assume("low", "A*m*spread/2 + D >= 0")
    norm = proof.assume("norm", "K**2 >= sum(m**2)")
    size = proof.assume("size", "E = A*K*spread/2")
    return proof.qed(proof.state("E**2 >= sum(D**2)", {size: "E + A*K*spread/2"}, [
        term(norm, square="A*spread", coefficient="1/4"), term(high, low)]))


def curvature() -> dict[str, Any]:
    # (97)-(105), (121)-(128): along each segment from the center to a point, a <e, sigma> has curvature at
    # least mu, so <e, D> is at least mu/2 times the spread: Jensen's inequality.
    proof = Proof("a b c mu", vectors="e D T t p q g", indexed="b c T p")
    one = proof.assume("one", "sum(b) = 1")
    weights = proof.assume("weights", "b >= 0")
    mean = proof.assume("mean", "sum(b*dot(p, g)) = dot(q, g)")
    error = proof.assume("error", "dot(e, D) = a*sum(b*dot(e, T - t))")
    taylor = proof.assume("taylor", "a*dot(e, T - t) = dot(p - q, g) + c/2")
    bend = proof.assume("bend", "c >= mu*dot(p - q, p - q)")
    return proof.qed(proof.state(
        "dot(e, D) >= mu*sum(b*dot(p - q, p - q))/2", {error: "1", taylor: "b", mean: "1", one: "-dot(q, g)"},
        [term(weights, bend, coefficient="1/2")]))


def losses() -> dict[str, Any]:
    # (19), (38), (46): the loss at theta' against that of the narrow point of comparison.
    proof = Proof("e Y D k L", indexed="e Y D")
    narrow = proof.assume("narrow", "k = sum((e + Y)**2)/2")
    wide = proof.assume("wide", "L = sum((e + Y + D)**2)/2")
    return proof.qed(proof.state("L - k = sum(Y*D) + sum(D**2)/2 + sum(e*D)", {wide: "1", narrow: "-1"}))


def minimum() -> dict[str, Any]:
    # (41), (50): near the split point Y is small, |Y| <= R, so <Y, D> cannot outweigh <e, D>; and k >= l,
    # because theta is a local minimum.
    proof = Proof("A K R E mu spread l k L", vectors="e Y D")
    identity = proof.assume("identity", "L - k = dot(Y, D) + dot(D, D)/2 + dot(e, D)")
    bend = proof.assume("curvature", "dot(e, D) >= mu*spread/2")
    schwarz = proof.assume("schwarz", "R*E + dot(Y, D) >= 0")
    size = proof.assume("size", "E = A*K*spread/2")
    close = proof.assume("close", "mu >= R*A*K")
    spread = proof.assume("spread", "spread >= 0")
    narrow = proof.assume("narrow", "k >= l")
    return proof.qed(proof.state("L >= l", {identity: "1", size: "-R"}, [
        term(narrow), term(bend), term(schwarz), term(coefficient="1/2", square="D"),
        term(close, spread, coefficient="1/2")]))


def no_maximum() -> dict[str, Any]:
    # Part III: theta is no local maximum. Were it one, the loss would be constant nearby; but it is
    # quadratic in v_r, so its second difference there, the left side, vanishes only where z = sigma(X w')
    # does.
    proof = Proof("t e z k P Q", indexed="e z")
    middle = proof.assume("middle", "k = sum(e**2)/2")
    up = proof.assume("up", "P = sum((e + t*z)**2)/2")
    down = proof.assume("down", "Q = sum((e - t*z)**2)/2")
    return proof.qed(proof.state("P + Q - 2*k = t**2*sum(z**2)", {up: "1", down: "1", middle: "-2"}))


def flat() -> dict[str, Any]:
    # So sigma(X w') = 0 for all w' near w_r, its second derivatives vanish, and a'H_r a = 0 for every a:
    # H_r = 0.
    proof = Proof("v e s2 q h", indexed="e s2 q")
    straight = proof.assume("flat", "s2*q**2 = 0")
    form = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    return proof.qed(proof.state("h = 0", {form: "1", straight: "v*e"}))


def prove() -> list[dict[str, Any]]:
    return [
        shares(), shares_of_the_positive_one(), center_of_the_others(),
        remainder(), bound_per_sample(), bound(), curvature(), losses(), minimum(),
        no_maximum(), flat()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
