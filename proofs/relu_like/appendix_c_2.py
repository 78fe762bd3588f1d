"""The origin is a saddle of |x| + y|y|, and neither there nor at the origin of a loss is there a subgradient.

Source: paper B, appendix C.2, (7), Remark C.1, Definition C.2.
Writing: p, q, P, Q: positive and negative parts of m and n, (m, n) a direction; t, i: a time and its
    inverse; f, F: the function at t (m, n) and at -t (m, n), or f the outputs of a network; g: a
    subgradient's second component; D: its product with a direction; y, z, b: labels, hidden values and
    outputs for a direction from the origin of a loss; l, L: losses; S: the sum of y z; C, B: the rest of the
    polynomial, and its bound; rest: the loss at the other outputs.
Scope: the function of the example; for the loss all sizes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-c.2"


def slopes() -> dict[str, Any]:
    # (7) in one formula is |x| + y_+^2 - y_-^2. The slope of a direction at the origin is |m|, both ways.
    proof = Proof("t p q P Q f F")
    there = proof.assume("there", "f = t*p + t*q + (t*P)**2 - (t*Q)**2")
    opposite = proof.assume("opposite", "F = t*q + t*p + (t*Q)**2 - (t*P)**2")
    above = proof.assume("above", "p >= 0")
    below = proof.assume("below", "q >= 0")
    return proof.qed(
        proof.state("f = t*(p + q) + t**2*(P**2 - Q**2)", {there: "1"}),
        proof.state("F = t*(p + q) - t**2*(P**2 - Q**2)", {opposite: "1"}),
        proof.state("p + q >= 0", terms=[term(above), term(below)]))


def saddle() -> dict[str, Any]:
    # Along (0, 1) it rises, along (0, -1) it falls: neither a minimum nor a maximum.
    proof = Proof("t f F")
    time = proof.assume("time", "t > 0")
    there = proof.assume("there", "f = t**2")
    opposite = proof.assume("opposite", "F = -t**2")
    return proof.qed(
        proof.state("f > 0", {there: "1"}, [term(time, time)]),
        proof.state("0 > F", {opposite: "-1"}, [term(time, time)]))


def no_subgradient() -> dict[str, Any]:
    # What a subgradient demands at (0, -t) excludes what it demands at (0, t/2).
    proof = Proof("t g")
    time = proof.assume("time", "t > 0")
    low = proof.assume("low", "-t**2 >= g*(-t)")
    return proof.qed(proof.state("g*(t/2) > (t/2)**2", terms=[
        term(low, coefficient="1/2"), term(time, time, coefficient="1/4")]))


def origin() -> dict[str, Any]:
    # At the origin of a loss, h = 0 and w = 0, the outputs along a ray are t^2 b.
    proof = Proof("t y b f l L", indexed="y b f")
    output = proof.assume("output", "f = t**2*b")
    here = proof.assume("here", "l = sum((0 - y)**2)/2")
    there = proof.assume("there", "L = sum((f - y)**2)/2")

    # So all directional derivatives are 0.
    return proof.qed(proof.state("L = l - t**2*sum(y*b) + t**4*sum(b**2)/2", {
        there: "1", here: "-1", output: "(f + t**2*b)/2 - y"}))


def subgradient() -> dict[str, Any]:
    # A subgradient's product D with the direction is at most t B for all small t > 0: it is not positive.
    proof = Proof("t i D C B l L")
    ray = proof.assume("ray", "L = l + t**2*C")
    below = proof.assume("below", "L >= l + D*t")
    time = proof.assume("time", "i >= 0")
    now = proof.assume("now", "t >= 0")
    inverse = proof.assume("inverse", "t*i = 1")
    bound = proof.assume("bound", "B >= C")
    return proof.qed(proof.state("t*B >= D", {ray: "-i", inverse: "D - t*C"}, [
        term(below, time), term(now, bound)]))


def descent() -> dict[str, Any]:
    # One neuron with hidden values t z, and output weight t S to one output: with S not 0 the loss falls.
    proof = Proof("t y z S rest l L", indexed="y z")
    here = proof.assume("here", "l = rest + sum(y**2)/2")
    there = proof.assume("there", "L = rest + sum((t*S*(t*z) - y)**2)/2")
    label = proof.assume("label", "S = sum(y*z)")
    moved = proof.assume("moved", "t > 0")
    seen = proof.assume("seen", "S**2 > 0")
    small = proof.assume("small", "1 >= t**2*sum(z**2)")
    return proof.qed(proof.state("l > L", {here: "1", there: "-1", label: "-t**2*S"}, [
        term(moved, moved, seen, coefficient="1/2"), term(small, coefficient="1/2", square="t*S")]))


def prove() -> list[dict[str, Any]]:
    return [slopes(), saddle(), no_subgradient(), origin(), subgradient(), descent()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
