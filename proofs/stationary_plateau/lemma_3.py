"""Negative definite inner Hessian, two daughters, lambda_0 > 0 > lambda_1: what their moves add helps.

Let Y be what the narrow output moves by from theta to the point of comparison, e what it differs by from
there to theta', and u_0, u_1 the distances of the narrow place w'_r and of the second daughter from the
first daughter. For every eps > 0 there is a ball around the split point on which, with B = beta_0 |u_0|**2 +
beta_1 |u_1|**2, |Y + e|**2 >= |Y|**2 - eps B and <dy, e> >= |lambda_max(H_r)|/8 B >= 0.

Source: paper A, Lemma 3; (42)-(49), A.5; (106)-(128).
Writing: lam, l0, l1: lambda; L, L0, L1: lambda'; b0, b1: beta; B0, B1: beta'; v0, v1: output weights of
    the daughters at theta'; V = v0 + v1; p, q: what their input weights move by from w_r. S0, S1, s, T0,
    T1, t, s1, c: values of sigma and of its derivatives. e: residual at theta; D: the paper's e; Y: the
    moves of the narrow outputs; l: |lambda_max(H_r)|.
Scope: all sizes with m = r + 1, every twice continuously differentiable activation; theta need not be
    stationary.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/lemma-3"


def shares() -> dict[str, Any]:
    # (42), (106)-(108): the narrow place and the second daughter share the first daughter's output.
    proof = Proof("v0 v1 V i L0 L1 B0 B1 S0 S1 s rest f F")
    total = proof.assume("total", "V = v0 + v1")
    nonzero = proof.assume("nonzero", "V*i = 1")
    first = proof.assume("first", "L0 = v0*i")
    second = proof.assume("second", "L1 = v1*i")
    negative = proof.assume("negative", "-L1 > 0")
    inverse = proof.assume("inverse", "L0*B0 = 1")
    positive = proof.assume("positive", "B0 > 0")
    weight = proof.assume("weight", "B1 = -L1*B0")
    narrow = proof.assume("narrow", "f = rest + V*s")
    wide = proof.assume("wide", "F = rest + v0*S0 + v1*S1")
    one = proof.state("L0 + L1 = 1", {first: "1", second: "1", total: "-i", nonzero: "1"})
    parent = proof.state("V = B0*v0", {inverse: "-V", first: "V*B0", nonzero: "B0*v0"})
    sister = proof.state("v1 = -(B1*v0)", {
        weight: "v0", second: "-V", parent: "L1", nonzero: "-v1"})
    return proof.qed(
        one, parent, sister, proof.state("B0 + B1 = 1", {weight: "1", inverse: "1", one: "-B0"}),
        proof.state("B1 > 0", {weight: "1"}, [term(positive, negative)]),
        proof.state("F - f = v0*(S0 - B0*s - B1*S1)", {
            wide: "1", narrow: "-1", parent: "-s", sister: "S1"}))


def near_shares() -> dict[str, Any]:
    # (43): how near lambda' is to lambda, when both output weights move by less than c |v_r|/sqrt(2).
    proof = Proof("lam a L x T c i", indexed="lam a L x")
    share = proof.assume("share", "L*(1 + T) = lam + x")
    inverse = proof.assume("inverse", "i*(1 + T) = 1")
    positive = proof.assume("positive", "i > 0")
    high = proof.assume("high", "c >= x")
    low = proof.assume("low", "c + x >= 0")
    total_high = proof.assume("total high", "c >= T")
    total_low = proof.assume("total low", "c + T >= 0")
    above = proof.assume("above", "a >= lam")
    below = proof.assume("below", "a + lam >= 0")
    size = proof.assume("size", "a > 0")
    small = proof.assume("small", "a >= 8*c*(1 + a)")
    margin = [term(size, coefficient="1/6"), term(small, coefficient="1/6"),
              term(size, total_low, coefficient="1/3"), term(total_high, coefficient="1/6"),
              term(total_low, coefficient="1/6")]
    up = proof.state("a*(1 + T)/3 > x - lam*T", terms=[
        *margin, term(high), term(above, total_high, coefficient="1/2"),
        term(below, total_low, coefficient="1/2")])
    down = proof.state("a*(1 + T)/3 > lam*T - x", terms=[
        *margin, term(low), term(above, total_low, coefficient="1/2"),
        term(below, total_high, coefficient="1/2")])
    return proof.qed(
        proof.state("a/3 > L - lam", {share: "-i", inverse: "-(a/3 - L + lam)"}, [term(positive, up)]),
        proof.state("a/3 > lam - L", {share: "i", inverse: "-(a/3 + L - lam)"}, [term(positive, down)]))


def near_weights() -> dict[str, Any]:
    # After (106): beta' is within a factor of 2 of beta; the paper has 4.
    proof = Proof("l0 l1 L0 L1 b0 b1 B0 B1")
    one = proof.assume("one", "l0 + l1 = 1")
    moved_one = proof.assume("moved one", "L0 + L1 = 1")
    inverse = proof.assume("inverse", "l0*b0 = 1")
    moved_inverse = proof.assume("moved inverse", "L0*B0 = 1")
    weight = proof.assume("weight", "b1 = -l1*b0")
    moved_weight = proof.assume("moved weight", "B1 = -L1*B0")
    positive = proof.assume("positive", "b0 > 0")
    moved_positive = proof.assume("moved positive", "B0 > 0")
    negative = proof.assume("negative", "-l1 > 0")
    moved_negative = proof.assume("moved negative", "-L1 > 0")
    double0 = proof.assume("double 0", "2*l0 >= L0")
    half0 = proof.assume("half 0", "2*L0 >= l0")
    double1 = proof.assume("double 1", "L1 >= 2*l1")
    half1 = proof.assume("half 1", "l1 >= 2*L1")
    both, product = (positive, moved_positive), (negative, moved_negative)
    return proof.qed(
        proof.state("2*B0 >= b0", {inverse: "-2*B0", moved_inverse: "b0"}, [term(*both, double0)]),
        proof.state("2*b0 >= B0", {moved_inverse: "-2*b0", inverse: "B0"}, [term(*both, half0)]),
        proof.state("2*B1 >= b1", {
            moved_weight: "2", weight: "-1", inverse: "2*L1*B0", moved_inverse: "-l1*b0",
            one: "-2*L1*b0*B0", moved_one: "l1*b0*B0"}, [term(*both, half1), term(*both, *product)]),
        proof.state("2*b1 >= B1", {
            weight: "2", moved_weight: "-1", moved_inverse: "2*l1*b0", inverse: "-L1*B0",
            moved_one: "-2*l1*b0*B0", one: "L1*b0*B0"}, [term(*both, double1), term(*both, *product)]))


def close_mean() -> dict[str, Any]:
    # (45): the narrow place is within C_2 delta = 2 sqrt(2) lambda_0 delta of w_r.
    proof = Proof("L0 L1 l0 d", vectors="p q")
    one = proof.assume("one", "L0 + L1 = 1")
    negative = proof.assume("negative", "-L1 > 0")
    double = proof.assume("double", "2*l0 >= L0")
    close = proof.assume("close", "d**2 >= dot(p, p) + dot(q, q)")
    large = proof.state("L0 >= 1", {one: "1"}, [term(negative)])
    above = proof.state("L0 >= 0", terms=[term(large), term()])
    more = proof.state("L0**2 >= L1**2", {one: "L0 - L1"}, [term(above), term(negative)])
    far = proof.state("8*l0**2 >= 2*L0**2", terms=[
        term(double, double, coefficient="2"), term(double, above, coefficient="4")])
    return proof.qed(proof.state("8*l0**2*d**2 >= dot(L0*p + L1*q, L0*p + L1*q)", terms=[
        term(far, square="d"), term(close, coefficient="2", square="L0"), term(more, square="p"),
        term(more, square="q"), term(square="L1*p - L0*q")]))


def center() -> dict[str, Any]:
    # (48), (109): the first daughter is the mean of the two points, here tested on an arbitrary vector x.
    proof = Proof("L0 L1 B0 B1", vectors="p q x")
    one = proof.assume("one", "L0 + L1 = 1")
    weight = proof.assume("weight", "B1 = -L1*B0")
    return proof.qed(proof.state("dot(B0*(L0*p + L1*q - p) + B1*(q - p), x) = 0", {
        one: "B0*dot(p, x)", weight: "dot(q, x) - dot(p, x)"}))


def remainder() -> dict[str, Any]:
    # (110), (111): Taylor's formula at the first daughter; the first order cancels.
    proof = Proof("a B0 B1 T0 T1 t s1 c0 c1 D", vectors="u0 u1 x")
    one = proof.assume("one", "B0 + B1 = 1")
    mean = proof.assume("center", "B0*dot(u0, x) + B1*dot(u1, x) = 0")
    taylor = [proof.assume(f"taylor {j}", f"T{j} = t + s1*dot(u{j}, x) + c{j}*dot(u{j}, x)**2/2")
              for j in (0, 1)]
    error = proof.assume("error", "D = a*(t - B0*T0 - B1*T1)")
    return proof.qed(proof.state("D = -(a*(B0*c0*dot(u0, x)**2 + B1*c1*dot(u1, x)**2))/2", {
        error: "1", one: "-a*t", mean: "-a*s1", taylor[0]: "-a*B0", taylor[1]: "-a*B1"}))


def bound_per_sample() -> dict[str, Any]:
    # (113)-(115): with |sigma''| <= M, D is at most A M |x|**2/2 times the spread, A >= |v'_r|.
    proof = Proof("a A B0 B1 c0 c1 M spread D", vectors="u0 u1 x")
    error = proof.assume("error", "D = -(a*(B0*c0*dot(u0, x)**2 + B1*c1*dot(u1, x)**2))/2")
    spread = proof.assume("spread", "spread = B0*dot(u0, u0) + B1*dot(u1, u1)")
    above = proof.assume("above", "A >= a")
    below = proof.assume("below", "A + a >= 0")
    weights, upper, lower, schwarz = ([proof.assume(f"{name} {j}", formula.format(j)) for j in (0, 1)]
                                      for name, formula in [
        ("weight", "B{0} >= 0"), ("upper", "M >= c{0}"), ("lower", "M + c{0} >= 0"),
        ("schwarz", "dot(x, x)*dot(u{0}, u{0}) - dot(u{0}, x)**2 >= 0")])
    cauchy = [term(weights[j], side[j], schwarz[j], coefficient="1/2")
              for j in (0, 1) for side in (upper, lower)]
    both = "(B0*c0*dot(u0, x)**2 + B1*c1*dot(u1, x)**2)"
    high = proof.state(f"M*dot(x, x)*spread - {both} >= 0", {spread: "M*dot(x, x)"}, [
        *cauchy, *(term(weights[j], upper[j], square=f"dot(u{j}, x)") for j in (0, 1))])
    low = proof.state(f"M*dot(x, x)*spread + {both} >= 0", {spread: "M*dot(x, x)"}, [
        *cauchy, *(term(weights[j], lower[j], square=f"dot(u{j}, x)") for j in (0, 1))])
    return proof.qed(
        proof.state("A*M*dot(x, x)*spread/2 - D >= 0", {error: "-1"}, [
            term(above, high, coefficient="1/4"), term(below, low, coefficient="1/4")]),
        proof.state("A*M*dot(x, x)*spread/2 + D >= 0", {error: "1"}, [
            term(above, low, coefficient="1/4"), term(below, high, coefficient="1/4")]))


def bound() -> dict[str, Any]:
    # (117): the norm of D, from its entries; K**2 is at least the sum of (M_k |x_k|**2)**2.
    proof = Proof("A M K spread D E", indexed="M D")
    high = proof.assume("high", "A*M*spread/2 - D >= 0")
    low = proof.assume("low", "A*M*spread/2 + D >= 0")
    norm = proof.assume("norm", "K**2 >= sum(M**2)")
    size = proof.assume("size", "E = A*K*spread/2")
    return proof.qed(proof.state("E**2 >= sum(D**2)", {size: "E + A*K*spread/2"}, [
        term(norm, square="A*spread", coefficient="1/4"), term(high, low)]))


def first_inequality() -> dict[str, Any]:
    # (118), (119): where |Y| <= R, <Y, D> is at least -R E, and 2 R E is at most eps B.
    proof = Proof("A K R E eps b0 b1 B0 B1", vectors="Y D u0 u1")
    size = proof.assume("size", "E = A*K*(B0*dot(u0, u0) + B1*dot(u1, u1))/2")
    schwarz = proof.assume("schwarz", "R*E + dot(Y, D) >= 0")
    positive = [proof.assume(f"positive {j}", f"b{j} > 0") for j in (0, 1)]
    double = [proof.assume(f"double {j}", f"2*b{j} >= B{j}") for j in (0, 1)]
    bounds = [proof.assume(f"bound {name}", f"{name} >= 0") for name in "RAK"]
    close = proof.assume("close", "eps >= 2*R*A*K")
    return proof.qed(proof.state(
        "dot(Y + D, Y + D) >= dot(Y, Y) - eps*(b0*dot(u0, u0) + b1*dot(u1, u1))", {size: "-2*R"}, [
            term(square="D"), term(schwarz, coefficient="2"),
            *(term(*bounds, double[j], square=f"u{j}") for j in (0, 1)),
            *(term(close, positive[j], square=f"u{j}") for j in (0, 1))]))


def curvature() -> dict[str, Any]:
    # (124)-(126): where -v'_r sigma''(x_k.u) differs from -v_r sigma''(x_k.w_r) by at most t, the Hessian
    # of G keeps half of lambda_min(-lambda_0 H_r) = lambda_0 |lambda_max(H_r)|; K = sum |e_k| |x_k|**2.
    proof = Proof("e y s S t K h H l0 l", vectors="x p", indexed="e y s S x")
    upper = proof.assume("upper", "y >= e")
    lower = proof.assume("lower", "y + e >= 0")
    fall = proof.assume("fall", "t >= S - s")
    rise = proof.assume("rise", "t + S - s >= 0")
    positive = proof.assume("positive", "t >= 0")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(p, p) - dot(x, p)**2 >= 0")
    norm = proof.assume("norm", "K = sum(y*dot(x, x))")
    form = proof.assume("form", "h = sum(e*s*dot(x, p)**2)")
    moved = proof.assume("moved", "H = sum(e*S*dot(x, p)**2)")
    definite = proof.assume("definite", "h >= l0*l*dot(p, p)")
    small = proof.assume("small", "l0*l >= 2*t*K")
    return proof.qed(proof.state(
        "H >= l0*l*dot(p, p)/2", {norm: "t*dot(p, p)", form: "-1", moved: "1"}, [
            term(upper, fall, square="dot(x, p)", coefficient="1/2"),
            term(lower, rise, square="dot(x, p)", coefficient="1/2"),
            term(upper, positive, schwarz, coefficient="1/2"),
            term(lower, positive, schwarz, coefficient="1/2"),
            term(definite), term(small, square="p", coefficient="1/2")]))


def second_inequality() -> dict[str, Any]:
    # (120)-(123), (127), (128): half the curvature of (126), half of beta, and lambda_0 > 1 give 1/8.
    proof = Proof("a l0 l b0 b1 B0 B1 c0 c1", vectors="e D T0 T1 t u0 u1 g")
    one = proof.assume("one", "B0 + B1 = 1")
    mean = proof.assume("center", "B0*dot(u0, g) + B1*dot(u1, g) = 0")
    error = proof.assume("error", "dot(e, D) = a*dot(e, t - B0*T0 - B1*T1)")
    definite = proof.assume("definite", "l > 0")
    large = proof.assume("large", "l0 > 1")
    taylor = [proof.assume(f"taylor {j}", f"a*dot(e, t - T{j}) = dot(u{j}, g) + c{j}/2") for j in (0, 1)]
    bend = [proof.assume(f"bend {j}", f"c{j} >= l0*l*dot(u{j}, u{j})/2") for j in (0, 1)]
    positive = [proof.assume(f"positive {j}", f"b{j} > 0") for j in (0, 1)]
    half = [proof.assume(f"half {j}", f"2*B{j} >= b{j}") for j in (0, 1)]
    weights = [proof.state(f"B{j} >= 0", terms=[
        term(half[j], coefficient="1/2"), term(positive[j], coefficient="1/2")]) for j in (0, 1)]
    return proof.qed(
        proof.state(
            "dot(e, D) >= l*(b0*dot(u0, u0) + b1*dot(u1, u1))/8",
            {error: "1", one: "-a*dot(e, t)", mean: "1", taylor[0]: "B0", taylor[1]: "B1"},
            [x for j in (0, 1) for x in (
                term(weights[j], bend[j], coefficient="1/2"),
                term(large, definite, weights[j], square=f"u{j}", coefficient="1/4"),
                term(definite, half[j], square=f"u{j}", coefficient="1/8"))]),
        proof.state("l*(b0*dot(u0, u0) + b1*dot(u1, u1))/8 >= 0", terms=[
            term(definite, positive[j], square=f"u{j}", coefficient="1/8") for j in (0, 1)]))


def prove() -> list[dict[str, Any]]:
    return [
        shares(), near_shares(), near_weights(), close_mean(), center(), remainder(), bound_per_sample(),
        bound(), first_inequality(), curvature(), second_inequality()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
