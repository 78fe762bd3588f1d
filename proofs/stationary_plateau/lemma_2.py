"""Positive definite inner Hessian, all lambda_j > 0: what the daughters' moves add to the output helps.

Let Y be what the narrow output moves by from theta to the point of comparison, e what it differs by from
there to theta', and w~_j = w'_(r+j) - w'_r the daughters' distances from their mean. For every eps > 0 there
is a ball around the split point on which |Y + e|**2 >= |Y|**2 - eps sum lambda_j |w~_j|**2 and
<dy, e> >= lambda_min(H_r)/4 sum lambda_j |w~_j|**2 >= 0.

Source: paper A, Lemma 2; (32)-(40), A.4; (86)-(105).
Writing: lam, b: lambda and lambda', the shares at the split point and at theta'; u, w: output and input
    weights of the daughters at theta'; V = sum u; m = sum b*w, so w - m is w~; o: w_r. S, T, t, s1, s, c:
    values of sigma and of its derivatives. e: residual at theta; D: the paper's e; Y: the moves of the
    narrow outputs; l: lambda_min(H_r).
Scope: all sizes, every twice continuously differentiable activation; theta need not be stationary.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/lemma-2"


def shares() -> dict[str, Any]:
    # (32), (33), (36), (37): lambda' sums to 1, and D is V times a difference of values of sigma.
    proof = Proof("b u V i S t rest f F", indexed="b u S")
    total = proof.assume("total", "V = sum(u)")
    nonzero = proof.assume("nonzero", "V*i = 1")
    share = proof.assume("share", "u = b*V")
    narrow = proof.assume("narrow", "f = rest + V*t")
    wide = proof.assume("wide", "F = rest + sum(u*S)")
    one = proof.state("sum(b) = 1", {nonzero: "1 - sum(b)", total: "-i", share: "-i"})
    return proof.qed(one, proof.state("F - f = V*(sum(b*S) - t)", {wide: "1", narrow: "-1", share: "S"}))


def near_shares() -> dict[str, Any]:
    # How near lambda' is to lambda, when every output weight moves by less than c |v_r|/sqrt(N).
    proof = Proof("lam a b x T c i", indexed="lam a b x")
    share = proof.assume("share", "b*(1 + T) = lam + x")
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
        proof.state("a/3 > b - lam", {share: "-i", inverse: "-(a/3 - b + lam)"}, [term(positive, up)]),
        proof.state("a/3 > lam - b", {share: "i", inverse: "-(a/3 + b - lam)"}, [term(positive, down)]))


def close_mean() -> dict[str, Any]:
    # (34): the mean of the daughters is no farther from w_r than they are.
    proof = Proof("b d", vectors="w m o", indexed="b w")
    one = proof.assume("one", "sum(b) = 1")
    weights = proof.assume("weights", "b >= 0")
    mean = proof.assume("mean", "sum(b*dot(w, m - o)) = dot(m, m - o)")
    close = proof.assume("close", "d**2 >= dot(w - o, w - o)")
    return proof.qed(proof.state("d**2 >= dot(m - o, m - o)", {
        one: "dot(o, o) - dot(m, m) - d**2", mean: "2"}, [
        term(weights, close), term(weights, square="w - m")]))


def remainder() -> dict[str, Any]:
    # (86)-(88): Taylor's formula at the mean; the first order cancels.
    proof = Proof("V b T t s1 c D", vectors="w m x", indexed="b T c w")
    one = proof.assume("one", "sum(b) = 1")
    mean = proof.assume("mean", "sum(b*dot(w, x)) = dot(m, x)")
    taylor = proof.assume("taylor", "T = t + s1*dot(w - m, x) + c*dot(w - m, x)**2/2")
    error = proof.assume("error", "D = V*(sum(b*T) - t)")
    return proof.qed(proof.state("D = V*sum(b*c*dot(w - m, x)**2)/2", {
        error: "1", taylor: "V*b", one: "V*(t - s1*dot(m, x))", mean: "V*s1"}))


def bound_per_sample() -> dict[str, Any]:
    # (90)-(92): with |sigma''| <= M, D is at most A M |x|**2/2 times the spread of the daughters, A >= |V|.
    proof = Proof("V A b c M spread D", vectors="w m x", indexed="b c w")
    error = proof.assume("error", "D = V*sum(b*c*dot(w - m, x)**2)/2")
    spread = proof.assume("spread", "spread = sum(b*dot(w - m, w - m))")
    weights = proof.assume("weights", "b >= 0")
    upper = proof.assume("upper", "M >= c")
    lower = proof.assume("lower", "M + c >= 0")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(w - m, w - m) - dot(w - m, x)**2 >= 0")
    above = proof.assume("above", "A >= V")
    below = proof.assume("below", "A + V >= 0")
    square = {"square": "dot(w - m, x)"}
    cauchy = [term(weights, side, schwarz, coefficient="1/2") for side in (upper, lower)]
    high = proof.state("M*dot(x, x)*spread - sum(b*c*dot(w - m, x)**2) >= 0", {spread: "M*dot(x, x)"},
                       [*cauchy, term(weights, upper, **square)])
    low = proof.state("M*dot(x, x)*spread + sum(b*c*dot(w - m, x)**2) >= 0", {spread: "M*dot(x, x)"},
                      [*cauchy, term(weights, lower, **square)])
    return proof.qed(
        proof.state("A*M*dot(x, x)*spread/2 - D >= 0", {error: "-1"}, [
            term(above, low, coefficient="1/4"), term(below, high, coefficient="1/4")]),
        proof.state("A*M*dot(x, x)*spread/2 + D >= 0", {error: "1"}, [
            term(above, high, coefficient="1/4"), term(below, low, coefficient="1/4")]))


def bound() -> dict[str, Any]:
    # (94): the norm of D, from its entries; K**2 is at least the sum of (M_k |x_k|**2)**2.
    proof = Proof("A M K spread D E", indexed="M D")
    high = proof.assume("high", "A*M*spread/2 - D >= 0")
    low = proof.assume("low", "A*M*spread/2 + D >= 0")
    norm = proof.assume("norm", "K**2 >= sum(M**2)")
    size = proof.assume("size", "E = A*K*spread/2")
    return proof.qed(proof.state("E**2 >= sum(D**2)", {size: "E + A*K*spread/2"}, [
        term(norm, square="A*spread", coefficient="1/4"), term(high, low)]))


def first_inequality() -> dict[str, Any]:
    # (95), (96): where |Y| <= R, <Y, D> is at least -R E, and 2 R E <= eps sum lambda_j |w~_j|**2.
    proof = Proof("A K R E eps lam b", vectors="Y D w m", indexed="lam b w")
    size = proof.assume("size", "E = A*K*sum(b*dot(w - m, w - m))/2")
    schwarz = proof.assume("schwarz", "R*E + dot(Y, D) >= 0")
    positive = proof.assume("positive", "lam > 0")
    double = proof.assume("double", "2*lam >= b")
    bounds = [proof.assume(f"bound {name}", f"{name} >= 0") for name in "RAK"]
    close = proof.assume("close", "eps >= 2*R*A*K")
    return proof.qed(proof.state(
        "dot(Y + D, Y + D) >= dot(Y, Y) - eps*sum(lam*dot(w - m, w - m))", {size: "-2*R"}, [
            term(square="D"), term(schwarz, coefficient="2"), term(*bounds, double, square="w - m"),
            term(close, positive, square="w - m")]))


def curvature() -> dict[str, Any]:
    # (100)-(102): where V sigma''(x_k.u) differs from v_r sigma''(x_k.w_r) by at most t, the Hessian of G
    # keeps three quarters of lambda_min(H_r); K = sum |e_k| |x_k|**2.
    proof = Proof("e y s S t K h H l", vectors="x p", indexed="e y s S x")
    upper = proof.assume("upper", "y >= e")
    lower = proof.assume("lower", "y + e >= 0")
    fall = proof.assume("fall", "t >= S - s")
    rise = proof.assume("rise", "t + S - s >= 0")
    positive = proof.assume("positive", "t >= 0")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(p, p) - dot(x, p)**2 >= 0")
    norm = proof.assume("norm", "K = sum(y*dot(x, x))")
    form = proof.assume("form", "h = sum(e*s*dot(x, p)**2)")
    moved = proof.assume("moved", "H = sum(e*S*dot(x, p)**2)")
    definite = proof.assume("definite", "h >= l*dot(p, p)")
    small = proof.assume("small", "l >= 4*t*K")
    return proof.qed(proof.state(
        "H >= 3*l*dot(p, p)/4", {norm: "t*dot(p, p)", form: "-1", moved: "1"}, [
            term(upper, fall, square="dot(x, p)", coefficient="1/2"),
            term(lower, rise, square="dot(x, p)", coefficient="1/2"),
            term(upper, positive, schwarz, coefficient="1/2"),
            term(lower, positive, schwarz, coefficient="1/2"),
            term(definite), term(small, square="p", coefficient="1/4")]))


def second_inequality() -> dict[str, Any]:
    # (97)-(105), with three quarters in place of a half in (102), and two thirds after (104): 3/4 * 2/3 / 2
    # is the 1/4 of the lemma.
    proof = Proof("V lam b c l", vectors="e D T t w m g", indexed="lam b c T w")
    one = proof.assume("one", "sum(b) = 1")
    positive = proof.assume("positive", "lam > 0")
    shares = proof.assume("shares", "b >= 2*lam/3")
    mean = proof.assume("mean", "sum(b*dot(w, g)) = dot(m, g)")
    error = proof.assume("error", "dot(e, D) = V*sum(b*dot(e, T - t))")
    taylor = proof.assume("taylor", "V*dot(e, T - t) = dot(w - m, g) + c/2")
    definite = proof.assume("definite", "l > 0")
    bend = proof.assume("bend", "c >= 3*l*dot(w - m, w - m)/4")
    weights = proof.state("b >= 0", terms=[term(shares), term(positive, coefficient="2/3")])
    return proof.qed(
        proof.state(
            "dot(e, D) >= l*sum(lam*dot(w - m, w - m))/4",
            {error: "1", taylor: "b", mean: "1", one: "-dot(m, g)"}, [
                term(weights, bend, coefficient="1/2"),
                term(definite, shares, square="w - m", coefficient="3/8")]),
        proof.state("l*sum(lam*dot(w - m, w - m))/4 >= 0", terms=[
            term(definite, positive, square="w - m", coefficient="1/4")]))


def prove() -> list[dict[str, Any]]:
    return [
        shares(), near_shares(), close_mean(), remainder(), bound_per_sample(), bound(),
        first_inequality(), curvature(), second_inequality()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
