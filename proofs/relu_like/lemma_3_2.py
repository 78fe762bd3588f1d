"""The one-sided derivatives of the loss in output weights, and in radial and tangential directions.

With e the residuals: dL/dh_ji = w_i.d_ji, dL/dr_i = sum_j h_ji d_ji.u_i, and towards a tangential direction
v_i, dL/ds_i = sum_j h_ji d^v_ji.v_i. Along a ray the loss is, near its start, a polynomial of degree 4.

Source: paper B, Lemma 3.2; (3)-(6); appendix A.
Writing: a, b: the slopes alpha+ and alpha-; x, w, m: a sample, an input weight vector and its move; u, v:
    radial and tangential direction; n: |w|; s: w.x; p, q, P, Q: positive and negative parts of a
    pre-activation; k: the slope of the side on which a sample lies, or moves to; h, g: output weights and
    their moves; z, Z: hidden values before and after; R: the one-sided slope of a hidden value; t: a small
    time; e, A, B: residuals and the first and second coefficients of the outputs; d: d_ji or d^v_ji; S, D:
    slopes of the loss, of one output's part and whole.
Scope: all sizes, all slopes (equal ones too), all dimensions; w_i = 0 and kink samples included.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/lemma-3.2"


def signs() -> dict[str, Any]:
    # Off the kink no sign changes while |m|^2 |x|^2 < s^2: half of s(s + c) is a sum of squares.
    proof = Proof("s C", vectors="m x")
    short = proof.assume("short", "C >= dot(m, m)")
    schwarz = proof.assume("Cauchy-Schwarz", "dot(m, m)*dot(x, x) >= dot(m, x)**2")
    far = proof.assume("far", "s**2 > C*dot(x, x)")
    return proof.qed(proof.state("s*(s + dot(m, x)) > 0", terms=[
        term(far, coefficient="1/2"), term(short, coefficient="1/2", square="x"),
        term(schwarz, coefficient="1/2"), term(coefficient="1/2", square="s + dot(m, x)")]))


def leg() -> dict[str, Any]:
    # So there rho stays on its leg, and is linear.
    proof = Proof("k s c t z Z S")
    here = proof.assume("here", "z = k*s")
    there = proof.assume("there", "Z = k*S")
    moved = proof.assume("moved", "S = s + t*c")
    return proof.qed(proof.state("Z = z + t*(k*c)", {there: "1", here: "-1", moved: "k"}))


def kink() -> dict[str, Any]:
    # A kink sample has w.x = 0. Its pre-activation becomes t c; with c = p - q the parts are t p and t q:
    # rho is positively homogeneous.
    proof = Proof("a b t p q P Q")
    time = proof.assume("time", "t >= 0")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    one = proof.assume("one of them", "p*q = 0")
    up = proof.assume("part above", "P = t*p")
    down = proof.assume("part below", "Q = t*q")
    return proof.qed(
        proof.state("P >= 0", {up: "1"}, [term(time, above)]),
        proof.state("Q >= 0", {down: "1"}, [term(time, below)]),
        proof.state("P*Q = 0", {up: "Q", down: "t*p", one: "t**2"}),
        proof.state("P - Q = t*(p - q)", {up: "1", down: "-1"}),
        proof.state("a*P - b*Q = t*(a*p - b*q)", {up: "a", down: "-b"}))


def side() -> dict[str, Any]:
    # The slope k of the side to which a kink sample moves gives rho(c) = k c.
    proof = Proof("a b k p q c R")
    above = proof.assume("above", "k*p = a*p")
    below = proof.assume("below", "k*q = b*q")
    value = proof.assume("value", "R = a*p - b*q")
    parts = proof.assume("parts", "c = p - q")
    return proof.qed(proof.state("R = k*c", {value: "1", parts: "-k", above: "-1", below: "1"}))


def radial_kink() -> dict[str, Any]:
    # A radial move leaves a kink sample at the kink: only the tangential part of a move counts there.
    proof = Proof("n i r y", vectors="w u v x")
    radius = proof.assume("radius", "dot(w, x) = n*dot(u, x)")
    kink = proof.assume("kink", "dot(w, x) = 0")
    inverse = proof.assume("inverse", "n*i = 1")
    still = proof.state("dot(u, x) = 0", {inverse: "-dot(u, x)", radius: "-i", kink: "i"})
    return proof.qed(still, proof.state("dot(r*u + y*v, x) = y*dot(v, x)", {still: "r"}))


def outputs() -> dict[str, Any]:
    # One output at one sample, when all neurons move: a polynomial of degree 2 in t.
    proof = Proof("h g z Z R t f F", indexed="h g z Z R")
    here = proof.assume("here", "f = sum(h*z)")
    there = proof.assume("there", "F = sum((h + t*g)*Z)")
    moved = proof.assume("moved", "Z = z + t*R")
    return proof.qed(proof.state("F = f + t*sum(g*z + h*R) + t**2*sum(g*R)", {
        there: "1", here: "-1", moved: "h + t*g"}))


def loss() -> dict[str, Any]:
    # So the loss is one of degree 4, and its slope is sum(e A).
    proof = Proof("e A B E t l L", indexed="e A B E")
    here = proof.assume("here", "l = sum(e**2)/2")
    there = proof.assume("there", "L = sum(E**2)/2")
    moved = proof.assume("moved", "E = e + t*A + t**2*B")
    return proof.qed(proof.state(
        "L = l + t*sum(e*A) + t**2*(sum(A**2)/2 + sum(e*B)) + t**3*sum(A*B) + t**4*sum(B**2)/2",
        {there: "1", here: "-1", moved: "(E + e + t*A + t**2*B)/2"}))


def output_weight() -> dict[str, Any]:
    # (4): only h_ji moves, by g = 1: A is the hidden value at output j and 0 at the others.
    proof = Proof("k e z S", vectors="w d x", indexed="k e z x")
    hidden = proof.assume("hidden", "z = k*dot(w, x)")
    definition = proof.assume("d", "dot(w, d) = sum(k*e*dot(w, x))")
    slope = proof.assume("slope", "S = sum(e*z)")
    return proof.qed(proof.state("S = dot(w, d)", {slope: "1", definition: "-1", hidden: "e"}))


def input_weight() -> dict[str, Any]:
    # (5), (6), one output: w_i moves along v (or u), A = h R, and R = k v.x by the sides.
    proof = Proof("k e R h S", vectors="v d x", indexed="k e R x")
    hidden = proof.assume("hidden", "R = k*dot(v, x)")
    definition = proof.assume("d", "dot(v, d) = sum(k*e*dot(v, x))")
    slope = proof.assume("slope", "S = sum(e*(h*R))")
    return proof.qed(proof.state("S = h*dot(v, d)", {slope: "1", definition: "-h", hidden: "h*e"}))


def all_outputs() -> dict[str, Any]:
    # (5), (6): the outputs add.
    proof = Proof("h S D", vectors="v d", indexed="h S d")
    part = proof.assume("part", "S = h*dot(v, d)")
    whole = proof.assume("whole", "D = sum(S)")
    return proof.qed(proof.state("D = sum(h*dot(v, d))", {whole: "1", part: "1"}))


def prove() -> list[dict[str, Any]]:
    return [signs(), leg(), kink(), side(), radial_kink(), outputs(), loss(), output_weight(),
            input_weight(), all_outputs()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
