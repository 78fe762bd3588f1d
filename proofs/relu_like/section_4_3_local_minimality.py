"""Unit replication and local minima of any type.

Where neither condition of Proposition 4.9 holds the wide point is no local minimum at all. With two outputs
the conditions do not suffice: a type-2 local minimum, copied with positive gamma, becomes none.

Source: own; Proposition 4.9, Remark 4.10, (33), (34).
Writing: s, c: beta_l, gamma_l; r, y: rho(w.x_k) and its slope along v; h: output weights of the parent; e:
    residuals; D, E: tangential derivatives of parent and daughter; Q: the second-order part; t, v: steps;
    l, L: losses at the point and after the move; p, q, u, w: weights near the type-2 minimum; k: 1/(p u).
Scope: all sizes for the first part; one network with two outputs for the second.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/section-4.3/local-minimality"


def negative() -> dict[str, Any]:
    # gamma < 0 where the parent rises: the loss falls at first order.
    proof = Proof("t E Q l L")
    change = proof.assume("change", "L - l = t*E + t**2*Q")
    step = proof.assume("step", "t > 0")
    small = proof.assume("small", "-1*E > t*Q")
    return proof.qed(proof.state("l > L", {change: "-1"}, [term(step, small)]))


def idle() -> dict[str, Any]:
    # gamma = 0 where the parent rises: turn the daughter along v by t and give it the output weights -v h.
    proof = Proof("s t v r y D l L", vectors="e h", indexed="r y e")
    before = proof.assume("before", "l = sum(dot(e, e))/2")
    after = proof.assume("after", "L = sum(dot(e - v*(s*r + t*y)*h, e - v*(s*r + t*y)*h))/2")
    level = proof.assume("level", "sum(dot(h, e)*r) = 0")
    slope = proof.assume("slope", "D = sum(dot(h, e)*y)")
    weight = proof.assume("weight", "v > 0")
    small = proof.assume("small", "2*t*D > v*dot(h, h)*sum((s*r + t*y)**2)")
    return proof.qed(proof.state("l > L", {
        before: "1", after: "-1", level: "v*s", slope: "-1*v*t"}, [term(weight, small, coefficient="1/2")]))


def second_type() -> dict[str, Any]:
    # Two outputs, x = (1, 1) and (1, -1), y = (2, 1) and (2, -1), one ReLU: h = (2, 0), w = (1, 0) is a
    # local minimum, for all weights with 1 <= p u.
    proof = Proof("p q u w k L")
    after = proof.assume(
        "after", "L = ((p*(u + w) - 2)**2 + (q*(u + w) - 1)**2 + (p*(u - w) - 2)**2 + (q*(u - w) + 1)**2)/2")
    inverse = proof.assume("inverse", "k*p*u = 1")
    positive = proof.assume("positive", "k >= 0")
    below = proof.assume("below", "1 >= k")
    return proof.qed(proof.state("L >= 1", {after: "1", inverse: "2*q*w"}, [
        term(square="p*u - 2"), term(square="q*w"), term(below, square="p*w"), term(below, square="q*u"),
        term(positive, square="p*w - q*u")]))


def copied() -> dict[str, Any]:
    # Copied with beta = 1, gamma = 1/2 twice: two daughters with h = (1, 0), w = (1, 0). Their moves to
    # h = (1, t), w = (1, t) and h = (1, -t), w = (1, -t) lower the loss for all 0 < t < 1.
    proof = Proof("t L")
    after = proof.assume("after", "L = (((1 + t) + (1 - t) - 2)**2 + (t*(1 + t) - t*(1 - t) - 1)**2"
                         " + ((1 - t) + (1 + t) - 2)**2 + (t*(1 - t) - t*(1 + t) + 1)**2)/2")
    step = proof.assume("step", "t > 0")
    short = proof.assume("short", "1 > t")
    return proof.qed(proof.state("1 > L", {after: "-1"}, [
        term(step, step, short, coefficient="4"), term(step, step, step, short, coefficient="4")]))


def prove() -> list[dict[str, Any]]:
    return [negative(), idle(), second_type(), copied()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
