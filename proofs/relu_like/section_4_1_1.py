"""The three plateaus of the experiment lie at exact stationary points: two saddles and a local minimum.

Source: paper B, section 4.1.1, Figure 3; the samples are (-1, 1), (-3/5, 1), (-1/10, 1), (3/10, 1),
    (7/10, 1), the targets 28/100, -1/10, 3/100, 23/100, -22/100.
Writing: e1, ..., e5: residuals; L: loss; g, u, d, z: tangential slopes; t1, t2: a direction; p, q: the
    positive and negative part of its product with the fifth sample; a: sum of h c over the neurons
    c (-10, 7) of group 1; r, s: sum of h w over group 2; w1, w2: input weights.
Scope: the data of the experiment; any number of ReLU neurons.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/section-4.1.1"


def origin() -> dict[str, Any]:
    # At the origin the residuals are -y_k. Directions with t.x_k >= 0 for all k have a linear slope.
    proof = Proof("t1 t2 g L")
    slope = proof.assume("slope", "g = -28/100*(t2 - t1) + 1/10*(t2 - 3/5*t1) - 3/100*(t2 - t1/10)"
                         " - 23/100*(t2 + 3/10*t1) + 22/100*(t2 + 7/10*t1)")
    loss = proof.assume("loss", "L = ((28/100)**2 + (1/10)**2 + (3/100)**2 + (23/100)**2 + (22/100)**2)/2")
    return proof.qed(proof.state("g = 11/250*(7*t1 - 5*t2)", {slope: "1"}),
                     proof.state("L = 953/10000", {loss: "1"}))


def second() -> dict[str, Any]:
    # Group 1 lies on the kink of the fifth sample; its size is the least-squares one for the other four.
    proof = Proof("a e1 e2 e3 e4 e5 u d z L")
    size = proof.assume("size", "a = 231/26900")
    e1 = proof.assume("residual 1", "e1 = 17*a - 28/100")
    e2 = proof.assume("residual 2", "e2 = 13*a + 1/10")
    e3 = proof.assume("residual 3", "e3 = 8*a - 3/100")
    e4 = proof.assume("residual 4", "e4 = 4*a - 23/100")
    e5 = proof.assume("residual 5", "e5 = 22/100")
    up = proof.assume("up", "u = 3*e1 + 29/5*e2 + 93/10*e3 + 121/10*e4 + 149/10*e5")
    down = proof.assume("down", "d = -3*e1 - 29/5*e2 - 93/10*e3 - 121/10*e4")
    zero = proof.assume("zero neuron", "z = e1 + e2 + e3 + e4 + e5")
    loss = proof.assume("loss", "L = (e1**2 + e2**2 + e3**2 + e4**2 + e5**2)/2")

    # dL/dh = 0; along the kink's normal (7, 10) the loss rises to both sides: not differentiable.
    return proof.qed(
        proof.state("17*e1 + 13*e2 + 8*e3 + 4*e4 = 0", {e1: "17", e2: "13", e3: "8", e4: "4", size: "538"}),
        proof.state("u = 70477/33625", {up: "1", e1: "3", e2: "29/5", e3: "93/10", e4: "121/10",
                                        e5: "149/10", size: "1246/5"}),
        proof.state("d = 158983/134500", {down: "1", e1: "-3", e2: "-29/5", e3: "-93/10", e4: "-121/10",
                                          size: "-1246/5"}),
        proof.state("z = 946/6725", {zero: "1", e1: "1", e2: "1", e3: "1", e4: "1", e5: "1", size: "42"}),
        proof.state("L = 50749/672500", {
            loss: "1", e1: "(e1 + 17*a - 28/100)/2", e2: "(e2 + 13*a + 1/10)/2", e3: "(e3 + 8*a - 3/100)/2",
            e4: "(e4 + 4*a - 23/100)/2", e5: "(e5 + 22/100)/2", size: "269*(a + 231/26900) - 231/50"}))


def last() -> dict[str, Any]:
    # On the samples both groups are linear in x: the best they can do is the regression line.
    proof = Proof("a r s e1 e2 e3 e4 e5 L")
    rise = proof.assume("slope of the line", "r - 10*a = -693/4630")
    level = proof.assume("level of the line", "s + 7*a = 1067/46300")
    e1 = proof.assume("residual 1", "e1 = 17*a - r + s - 28/100")
    e2 = proof.assume("residual 2", "e2 = 13*a - 3/5*r + s + 1/10")
    e3 = proof.assume("residual 3", "e3 = 8*a - r/10 + s - 3/100")
    e4 = proof.assume("residual 4", "e4 = 4*a + 3/10*r + s - 23/100")
    e5 = proof.assume("residual 5", "e5 = 7/10*r + s + 22/100")
    loss = proof.assume("loss", "L = (e1**2 + e2**2 + e3**2 + e4**2 + e5**2)/2")
    x = {e1: "-1", e2: "-3/5", e3: "-1/10", e4: "3/10", e5: "7/10"}
    found = {  # the residuals as numbers
        name: proof.state(f"{letter} = {value}", {name: "1", rise: x[name], level: "1"})
        for letter, name, value in [
            ("e1", e1, "-4967/46300"), ("e2", e2, "1971/9260"), ("e3", e3, "371/46300"),
            ("e4", e4, "-11661/46300"), ("e5", e5, "3201/23150")]}
    one, two, three, four, five = found.values()
    return proof.qed(
        proof.state("e1 + e2 + e3 + e4 + e5 = 0", {one: "1", two: "1", three: "1", four: "1", five: "1"}),
        proof.state("-e1 - 3/5*e2 - e3/10 + 3/10*e4 + 7/10*e5 = 0", {
            one: "-1", two: "-3/5", three: "-1/10", four: "3/10", five: "7/10"}),
        proof.state("e5 > 0", {five: "1"}, [term(coefficient="3201/23150")]),
        proof.state("L = 16139/231500", {
            loss: "1", one: "(e1 - 4967/46300)/2", two: "(e2 + 1971/9260)/2", three: "(e3 + 371/46300)/2",
            four: "(e4 - 11661/46300)/2", five: "(e5 + 3201/23150)/2"}))


def slopes() -> dict[str, Any]:
    # With the residuals of the line a neuron that is active on x_1, ..., x_4 has the slope e5 q: 0 to the
    # active side of the fifth kink, positive to the other. Off that kink, on the active leg, q stays away.
    proof = Proof("t1 t2 p q e1 e2 e3 e4 e5 g G h")
    total = proof.assume("sum", "e1 + e2 + e3 + e4 + e5 = 0")
    moment = proof.assume("moment", "-e1 - 3/5*e2 - e3/10 + 3/10*e4 + 7/10*e5 = 0")
    parts = proof.assume("parts", "t2 + 7/10*t1 = p - q")
    slope = proof.assume("slope", "g = e1*(t2 - t1) + e2*(t2 - 3/5*t1) + e3*(t2 - t1/10)"
                         " + e4*(t2 + 3/10*t1) + e5*p")
    both = proof.assume("tangential derivative", "G = h*g")
    below = proof.assume("below", "q >= 0")
    weight = proof.assume("output weight", "h > 0")
    fifth = proof.assume("fifth residual", "e5 > 0")
    rise = proof.state("g = e5*q", {slope: "1", total: "t2", moment: "t1", parts: "-e5"})
    return proof.qed(rise, proof.state("G = h*e5*q", {both: "1", rise: "h"}),
                     proof.state("G >= 0", {both: "1", rise: "h"}, [term(weight, fifth, below)]))


def example() -> dict[str, Any]:
    # Such networks exist: for a = 1/50 one neuron of group 2 will do, with h = -1 and weights (w1, w2).
    proof = Proof("a r s w1 w2")
    size = proof.assume("size", "a = 1/50")
    rise = proof.assume("slope of the line", "r - 10*a = -693/4630")
    level = proof.assume("level of the line", "s + 7*a = 1067/46300")
    first = proof.assume("first weight", "-w1 = r")
    other = proof.assume("second weight", "-w2 = s")
    return proof.qed(
        proof.state("w2 - w1 > 0", {first: "1", other: "-1", rise: "1", level: "-1", size: "17"},
                    [term(coefficient="1549/9260")]),
        proof.state("w2 + 7/10*w1 > 0", {first: "-7/10", other: "-1", rise: "-7/10", level: "-1"},
                    [term(coefficient="946/11575")]))


def dead_sector() -> dict[str, Any]:
    # The first and the last sample decide: the others are convex combinations of them.
    proof = Proof("w1 w2 m n")
    first = proof.assume("first", "m = w1 - w2")
    fifth = proof.assume("fifth", "n = -7/10*w1 - w2")
    left = proof.assume("left", "m >= 0")
    right = proof.assume("right", "n >= 0")
    return proof.qed(
        proof.state("3/5*w1 - w2 >= 0", {first: "-13/17", fifth: "-4/17"}, [
            term(left, coefficient="13/17"), term(right, coefficient="4/17")]),
        proof.state("w1/10 - w2 >= 0", {first: "-8/17", fifth: "-9/17"}, [
            term(left, coefficient="8/17"), term(right, coefficient="9/17")]),
        proof.state("-3/10*w1 - w2 >= 0", {first: "-4/17", fifth: "-13/17"}, [
            term(left, coefficient="4/17"), term(right, coefficient="13/17")]),
        proof.state("w1 = 10/17*(m - n)", {first: "-10/17", fifth: "10/17"}),
        proof.state("w2 = -7/17*m - 10/17*n", {first: "7/17", fifth: "10/17"}))


def prove() -> list[dict[str, Any]]:
    return [origin(), second(), last(), slopes(), example(), dead_sector()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
