"""Definition 3.3 says that no one-sided directional derivative is negative; and what is stationary by it.

Every local minimum is; a local maximum need not be. The second of its three conditions follows from the
first.

Source: paper B, Definition 3.3 and the text around it and after Remark 3.4.
Writing: n, i: |w| and its inverse; h: output weights; S: slopes in the output weights; T: one-sided slopes
    of the loss; R, r, y: radial slope, radial and tangential move; D: slope of the loss along a direction;
    g: what the output weights add to it; t: a time; l, L, M: losses; C, B: the rest of the polynomial, and
    its bound; p: w.x if it is positive, else 0; F: an output.
Scope: all sizes, all slopes; the last statement is about one network.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/section-3.2"


def radial() -> dict[str, Any]:
    # rho(w_i.x) = |w_i| rho(u_i.x), so the radial slope is a combination of those in the output weights:
    # condition 2 follows from condition 1.
    proof = Proof("n i h S T D", indexed="h S T")
    norm = proof.assume("norm", "S = n*T")
    whole = proof.assume("whole", "D = sum(h*T)")
    inverse = proof.assume("inverse", "n*i = 1")
    first = proof.assume("first", "S = 0")
    scaled = proof.state("n*D = sum(h*S)", {whole: "n", norm: "-h"})
    return proof.qed(scaled, proof.state("D = 0", {scaled: "i", inverse: "-D", first: "i*h"}))


def all_directions() -> dict[str, Any]:
    # The three conditions make every directional derivative non-negative.
    proof = Proof("g R r y T D", indexed="g R r y T")
    whole = proof.assume("whole", "D = sum(g + r*R + y*T)")
    first = proof.assume("first", "g = 0")
    second = proof.assume("second", "R = 0")
    third = proof.assume("third", "T >= 0")
    outward = proof.assume("outward", "y >= 0")
    return proof.qed(proof.state("D >= 0", {whole: "1", first: "1", second: "r"}, [term(third, outward)]))


def both_ways() -> dict[str, Any]:
    # In an output weight, and radially, the slope changes its sign with the direction: neither way is
    # downhill only if it is 0.
    proof = Proof("S T")
    forth = proof.assume("forth", "S >= 0")
    back = proof.assume("back", "T >= 0")
    opposite = proof.assume("opposite", "T = -S")
    return proof.qed(proof.state("0 >= S**2", {opposite: "-S"}, [term(forth, back)]))


def minimum() -> dict[str, Any]:
    # At a local minimum the loss does not fall along any ray: the slope is at least -t B for all small t.
    proof = Proof("t i S C B l L")
    ray = proof.assume("ray", "L = l + t*S + t**2*C")
    least = proof.assume("least", "L >= l")
    time = proof.assume("time", "i >= 0")
    inverse = proof.assume("inverse", "t*i = 1")
    now = proof.assume("now", "t >= 0")
    bound = proof.assume("bound", "B >= C")
    return proof.qed(proof.state("S + t*B >= 0", {
        ray: "-i", inverse: "-(S + t*C)"}, [term(least, time), term(now, bound)]))


def maximum() -> dict[str, Any]:
    # ReLU, x = (0, 1), y = 1, h = 1, w = (1, 0): nearby the output is between 0 and the label.
    proof = Proof("h p F l L")
    before = proof.assume("before", "l = 1/2")
    after = proof.assume("after", "L = (F - 1)**2/2")
    output = proof.assume("output", "F = h*p")
    positive = proof.assume("positive", "h >= 0")
    above = proof.assume("above", "p >= 0")
    near = proof.assume("near", "2 >= h*p")
    return proof.qed(proof.state("l >= L", {before: "1", after: "-1", output: "-(F + h*p)/2 + 1"}, [
        term(positive, above, near, coefficient="1/2")]))


def downhill() -> dict[str, Any]:
    # There the slope towards v = (0, 1) is -1: a local maximum that is not stationary.
    proof = Proof("t F l L")
    before = proof.assume("before", "l = 1/2")
    after = proof.assume("after", "L = (F - 1)**2/2")
    output = proof.assume("output", "F = t")
    return proof.qed(proof.state("L = l - t + t**2/2", {before: "-1", after: "1", output: "(F + t)/2 - 1"}))


def prove() -> list[dict[str, Any]]:
    return [radial(), all_directions(), both_ways(), minimum(), maximum(), downhill()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
