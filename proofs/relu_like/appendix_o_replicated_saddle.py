"""Unit replication makes strict saddles where the matrix F is not 0.

Two daughters move apart along one straight line, so that the outputs change at second order only; where
some d_(j i_0) is not 0 the loss falls along one such line and rises along another.

Source: appendix O, on Theorem 10 of Fukumizu et al. (2019); section 4.3.
Writing: s, S and c, C: beta and gamma of the two daughters; h: output weights of the parent; z, r: rho(w.x_k)
    and its slope along the move v; e: residuals; m: the move of the output weights; p = s c + S C; g: sum_k
    (e_k.m) r_k; t: step; l, L: losses at the point and after the move; a, b, d: shares beta gamma.
Scope: all sizes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-o/replicated-saddle"


def apart() -> dict[str, Any]:
    # The first daughter moves by t C v and t S m, the second by -t c v and -t s m: the terms of first order
    # cancel, as do those with h; what is left of the outputs is t^2 p r m.
    proof = Proof("s S c C p t z r g l L", vectors="e h m", indexed="z r e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    moved = ("e + (s*z + t*C*r)*(c*h + t*S*m) + (S*z - t*c*r)*(C*h - t*s*m) - (s*c + S*C)*z*h")
    after = proof.assume("after", f"L = sum(dot({moved}, {moved}))/2")
    shares = proof.assume("shares", "p = s*c + S*C")
    slope = proof.assume("slope", "g = sum(dot(e, m)*r)")
    return proof.qed(proof.state("L - l = t**2*p*g + t**4*p**2*dot(m, m)*sum(r**2)/2", {
        after: "1", before: "-1", slope: "-1*t**2*(s*c + S*C)",
        shares: "-1*t**2*g - t**4*(p + s*c + S*C)*dot(m, m)*sum(r**2)/2"}))


def steep() -> dict[str, Any]:
    # Let v = d_(j i_0), which is not 0, and let m change output j alone: then g = |v|^2.
    proof = Proof("f a g", vectors="e m x v", indexed="f a e x")
    output = proof.assume("output", "dot(e, m) = f")
    slopes = proof.assume("slopes", "dot(v, v) = sum(a*f*dot(x, v))")
    total = proof.assume("total", "g = sum(dot(e, m)*a*dot(x, v))")
    different = proof.assume("not zero", "dot(v, v) > 0")
    return proof.qed(proof.state("g > 0", {
        total: "1", output: "a*dot(x, v)", slopes: "-1"}, [term(different)]))


def pair() -> dict[str, Any]:
    # Were p = 0 for all pairs of three daughters, their shares would be 0. (Of only two daughters p is 1.)
    proof = Proof("a b d")
    one = proof.assume("first and second", "b = -1*a")
    two = proof.assume("first and third", "d = -1*a")
    three = proof.assume("second and third", "b = -1*d")
    return proof.qed(proof.state("a = 0", {one: "1/2", two: "1/2", three: "-1/2"}))


def falls() -> dict[str, Any]:
    # With the sign of m for which p g is negative: second order wins for small t.
    proof = Proof("t K Q l L")
    change = proof.assume("change", "L - l = t**2*K + t**4*Q")
    step = proof.assume("step", "t > 0")
    small = proof.assume("small", "-1*K > t**2*Q")
    return proof.qed(proof.state("l > L", {change: "-1"}, [term(step, step, small)]))


def rises() -> dict[str, Any]:
    # With the other sign.
    proof = Proof("t K Q l L")
    change = proof.assume("change", "L - l = t**2*K + t**4*Q")
    step = proof.assume("step", "t > 0")
    up = proof.assume("up", "K > 0")
    rest = proof.assume("rest", "Q >= 0")
    return proof.qed(proof.state("L > l", {change: "1"}, [
        term(step, step, up), term(rest, square="t**2")]))


def prove() -> list[dict[str, Any]]:
    return [apart(), steep(), pair(), falls(), rises()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
