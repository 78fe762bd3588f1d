"""The printed steps of the proof of Lemma 2, each by itself: what holds, what fails, and where.

Source: paper A, (39), (40), A.4; (86)-(105), footnote 2.
Writing: lam, b: lambda and lambda'; u, w: output and input weights of the daughters at theta'; V, m: those
    of the narrow point of comparison; S, t, s1, s2: sigma at w'_i.x, at m.x, and derivatives; e: residual;
    D: the paper's e; Y: the moves of the narrow outputs; G: (98).
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term


def deviations() -> dict[str, Any]:
    # (86), (87), tested on an arbitrary vector x; the middle of (86) uses sum lambda' = 1.
    proof = Proof("b V s1", vectors="w m x", indexed="b w")
    one = proof.assume("one", "sum(b) = 1")
    mean = proof.assume("mean", "dot(m, x) = sum(b*dot(w, x))")
    zero = proof.state("sum(b*dot(w - m, x)) = 0", {one: "-dot(m, x)", mean: "-1"})
    return proof.qed(zero, proof.state("V*s1*sum(b*dot(w - m, x)) = 0", {zero: "V*s1"}))


def entry_of_e() -> dict[str, Any]:
    # (88): (88b) needs v'_i = lambda' v'_r, and sum lambda' = 1 besides.
    proof = Proof("b u V S t s1 D", vectors="w m x", indexed="b u S w")
    one = proof.assume("one", "sum(b) = 1")
    mean = proof.assume("mean", "dot(m, x) = sum(b*dot(w, x))")
    share = proof.assume("share", "u = b*V")
    error = proof.assume("error", "D = sum(u*S) - V*t")
    return proof.qed(
        proof.state("D = sum(u*S) - V*t - V*s1*sum(b*dot(w - m, x))", {
            error: "1", one: "-V*s1*dot(m, x)", mean: "-V*s1"}),
        proof.state("D = V*sum(b*(S - t - s1*dot(w - m, x)))", {
            error: "1", share: "S", one: "V*(t - s1*dot(m, x))", mean: "-V*s1"}))


def derivatives() -> dict[str, Any]:
    # (89), (90): by Taylor's formula at place t, with q = w~.x: F' = (sigma' - sigma'(m.x)) q, which is 0 at
    # t = 0, and F'' = sigma'' q**2.
    proof = Proof("t h q S0 g S s1 s2 o P F Q")
    place = proof.assume("place", "F = S - S0 - t*g*q")
    taylor = proof.assume("taylor", "P = S + h*q*s1 + h**2*q**2*(s2/2 + o)")
    moved = proof.assume("moved", "Q = P - S0 - (t + h)*g*q")
    return proof.qed(proof.state("Q = F + h*(s1 - g)*q + h**2*(s2*q**2/2 + o*q**2)", {
        place: "-1", taylor: "1", moved: "1"}))


def vanishing_sum() -> dict[str, Any]:
    # v_r = 1: at a point of the closed unit ball around the split point both output weights are 0.
    proof = Proof("lam u V", indexed="lam u")
    proof.assume("one", "sum(lam) = 1")
    proof.assume("positive", "lam > 0")
    proof.assume("total", "V = sum(u)")
    proof.assume("inside", "1 >= sum((u - lam)**2)")
    return proof.refuted({"lam": ["1/2", "1/2"], "u": ["0", "0"], "V": "0"}, "V**2 > 0")


def unbounded_mean() -> dict[str, Any]:
    # v_r = 1, w_r = 0, lambda = (1/2, 1/2): inside the unit ball the mean w'_r is larger than 1/(8 s).
    proof = Proof("s i u0 u1 w0 w1 m")
    positive = proof.assume("positive", "s > 0")
    half = proof.assume("half", "1/2 >= s")
    inverse = proof.assume("inverse", "s*i = 1")
    first = proof.assume("first", "u0 = s/2 + 1/4")
    second = proof.assume("second", "u1 = s/2 - 1/4")
    moved = proof.assume("moved", "w0 = 1/2")
    still = proof.assume("still", "w1 = 0")
    mean = proof.assume("mean", "m = i*u0*w0 + i*u1*w1")
    total = proof.state("u0 + u1 = s", {first: "1", second: "1"})
    return proof.qed(
        total,
        proof.state(
            "1 > (u0 - 1/2)**2 + (u1 - 1/2)**2 + w0**2 + w1**2",
            {first: "-(u0 + s/2 - 3/4)", second: "-(u1 + s/2 - 5/4)", moved: "-(w0 + 1/2)", still: "-w1"},
            [term(coefficient="1/8"), term(positive, coefficient="3/4"),
             term(positive, half, coefficient="1/2")]),
        proof.state("s*m > 1/8", {
            mean: "s", inverse: "u0*w0 + u1*w1", moved: "u0", still: "u1", first: "1/2"},
            [term(positive, coefficient="1/4")]))


def monotone() -> dict[str, Any]:
    # What is attained in the smaller ball is attained in the larger one.
    proof = Proof("d r q f M N")
    positive = proof.assume("positive", "d >= 0")
    larger = proof.assume("larger", "r >= d")
    inside = proof.assume("inside", "d**2 >= q")
    attained = proof.assume("attained", "M = f")
    bound = proof.assume("bound", "N >= f")
    return proof.qed(
        proof.state("r**2 >= q", terms=[
            term(inside), term(larger, larger), term(larger, positive, coefficient="2")]),
        proof.state("N >= M", {attained: "-1"}, [term(bound)]))


def bound_of_the_second_derivative() -> dict[str, Any]:
    # |F''| <= M |w~|**2; y is |sigma''|.
    proof = Proof("c y M f", vectors="w x")
    upper = proof.assume("upper", "y >= c")
    lower = proof.assume("lower", "y + c >= 0")
    largest = proof.assume("largest", "M >= y*dot(x, x)")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(w, w) - dot(w, x)**2 >= 0")
    second = proof.assume("second", "f = c*dot(w, x)**2")
    common = [term(largest, square="w"), term(upper, schwarz, coefficient="1/2"),
              term(lower, schwarz, coefficient="1/2")]
    return proof.qed(
        proof.state("M*dot(w, w) - f >= 0", {second: "-1"}, [*common, term(upper, square="dot(w, x)")]),
        proof.state("M*dot(w, w) + f >= 0", {second: "1"}, [*common, term(lower, square="dot(w, x)")]))


def constants() -> dict[str, Any]:
    # (93), (94): 1/2 * 2 * 2 = 2; A = |v'_r|, v = |v_r|, B and C the two sums, with lambda' and lambda.
    proof = Proof("A v M B C D", indexed="D")
    high = proof.assume("high", "A*M*B/2 - D >= 0")
    low = proof.assume("low", "A*M*B/2 + D >= 0")
    double = proof.assume("double", "2*v >= A")
    sums = proof.assume("sums", "2*C >= B")
    bounds = [proof.assume(f"bound {name}", f"{name} >= 0") for name in "MvB"]
    more = [term(bounds[0], bounds[2], double, coefficient="1/2"), term(bounds[0], bounds[1], sums)]
    above = proof.state("2*v*M*C - D >= 0", terms=[term(high), *more])
    below = proof.state("2*v*M*C + D >= 0", terms=[term(low), *more])
    return proof.qed(above, below, proof.state("sum(1)*(2*v*M*C)**2 >= sum(D**2)", terms=[
        term(above, below)]))


def four_lines() -> dict[str, Any]:
    # (96): N = |e|, R = |Y|, r = sqrt(n), M = M(delta_1), M1 = M(1), Q the bound of (95).
    proof = Proof("N R r v M M1 i Q eps C", vectors="Y D")
    schwarz = proof.assume("schwarz", "N*R + dot(Y, D) >= 0")
    error = proof.assume("(94)", "2*r*v*M*C >= N")
    close = proof.assume("(95)", "Q >= R")
    quotient = proof.assume("quotient", "eps = 4*r*v*M1*Q")
    inverse = proof.assume("inverse", "M1*i = 1")
    grows = proof.assume("grows", "M1 >= M")
    sizes = {name: proof.assume(f"bound {name}", f"{name} >= 0")
             for name in ("R", "r", "v", "M", "i", "eps", "C")}
    first = proof.state("dot(Y + D, Y + D) = dot(Y, Y) + 2*dot(D, Y) + dot(D, D)")
    second = proof.state("dot(Y + D, Y + D) >= dot(Y, Y) - 2*N*R", terms=[
        term(square="D"), term(schwarz, coefficient="2")])
    third = proof.state(
        "dot(Y + D, Y + D) >= dot(Y, Y) - M*i*eps*C", {quotient: "M*i*C", inverse: "4*r*v*M*C*Q"},
        [term(second), term(sizes["R"], error, coefficient="2"),
         term(*(sizes[x] for x in ("r", "v", "M", "C")), close, coefficient="4")])
    last = proof.state("dot(Y + D, Y + D) >= dot(Y, Y) - eps*C", {inverse: "-eps*C"}, [
        term(third), term(sizes["eps"], sizes["C"], sizes["i"], grows)])
    return proof.qed(first, second, third, last)


def products() -> dict[str, Any]:
    # (97), (99): e against each term of D; G_j = G(dw_j), G0 = G(dw_r narrow), a = v'_r.
    proof = Proof("b u V G G0", vectors="e D S t", indexed="b u G S")
    share = proof.assume("share", "u = b*V")
    error = proof.assume("error", "dot(e, D) = sum(u*dot(e, S)) - V*dot(e, t)")
    values = proof.assume("values", "G = V*dot(e, S)")
    mean = proof.assume("mean", "G0 = V*dot(e, t)")
    return proof.qed(
        proof.state("dot(e, D) = sum(b*V*dot(e, S)) - V*dot(e, t)", {error: "1", share: "dot(e, S)"}),
        proof.state("dot(e, D) = sum(b*G) - G0", {
            error: "1", share: "dot(e, S)", values: "-b", mean: "1"}))


def expansion_of_g() -> dict[str, Any]:
    # (98), (100): along u + h p, with q = p.x_k, by Taylor's formula for sigma at each sample.
    proof = Proof("a e S s1 s2 o P q h G Q", indexed="e S s1 s2 o P q")
    value = proof.assume("value", "G = a*sum(e*S)")
    taylor = proof.assume("taylor", "P = S + h*q*s1 + h**2*q**2*(s2/2 + o)")
    moved = proof.assume("moved", "Q = a*sum(e*P)")
    return proof.qed(proof.state(
        "Q = G + h*a*sum(e*s1*q) + h**2*(a*sum(e*s2*q**2)/2 + a*sum(e*o*q**2))", {
            value: "-1", taylor: "a*e", moved: "1"}))


def same_form() -> dict[str, Any]:
    # (101): residual and input weights are those of the narrow network.
    proof = Proof("v e E s S q g h", indexed="e E s S q")
    residual = proof.assume("residual", "e = E")
    weights = proof.assume("weights", "s = S")
    wide = proof.assume("wide", "g = v*sum(e*s*q**2)")
    narrow = proof.assume("narrow", "h = v*sum(E*S*q**2)")
    return proof.qed(proof.state("g = h", {
        wide: "1", narrow: "-1", residual: "v*s*q**2", weights: "v*E*q**2"}))


def moves_in_the_ball() -> dict[str, Any]:
    # Footnote 2: k marks one daughter, W: the squared moves of all; C = C_1 >= 1.
    proof = Proof("k W rest X C d", indexed="k W")
    mark = proof.assume("mark", "k*k = k")
    chosen = proof.assume("chosen", "X = sum(k*W)")
    squares = proof.assume("squares", "W >= 0")
    others = proof.assume("others", "rest >= 0")
    inside = proof.assume("inside", "d**2 > sum(W) + rest")
    constant = proof.assume("constant", "C**2 >= 1")
    return proof.qed(proof.state("C**2*d**2 > X", {chosen: "-1", mark: "-W"}, [
        term(inside), term(others), term(squares, square="1 - k"), term(constant, square="d")]))


def third_daughter() -> dict[str, Any]:
    # Bounds of the moves of two daughters and of their mean bound no third one.
    proof = Proof("p q r m c l0 l1 l2")
    proof.assume("shares", "l0 + l1 + l2 = 1")
    proof.assume("mean", "m = l0*p + l1*q + l2*r")
    for name in "pqm":
        proof.assume(f"bound {name}", f"c**2 > {name}**2")
    proof.assume("positive", "l2 > 0")
    return proof.refuted({
        "p": "0", "q": "0", "r": "2", "m": "1/2", "c": "1", "l0": "1/2", "l1": "1/4", "l2": "1/4"},
        "c**2 > r**2")


def bent_network() -> dict[str, Any]:
    # sigma = 1 + t + t**2/2 - t**4/2, v = 1, w = 0: a strict local minimum, H_r = (1).
    argument = Argument(Network.from_arrays(
        "1 + t + t**2/2 - t**4/2", X=[["1"], ["-1"], ["0"]], y=["1/2", "1/2", "2"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")
    minimum = argument.step("nondegenerate point", point, prec=64, within="1/1024",
                            basis=[["37/64", "0"], ["0", "37/64"]], signs=[1, 1])
    return argument.certificate(argument.step(
        "inertia", minimum, neuron=0, basis=[["1"]], signs=[1], null=[], prec=64))


def _fall(proof: Proof) -> dict[str, str]:
    """Daughters of lambda = (1/2, 1/2) at s and -s: S and T their values of sigma, t that of the mean."""
    return {name: proof.assume(name, formula) for name, formula in {
        "sum": "sum(e) = 0", "first": "sum(e*x) = 0", "second": "sum(e*x**2) = 1", "third": "sum(e*x**3) = 0",
        "fourth": "sum(e*x**4) = 1", "positive": "s > 0",
        "up": "S = 1 + s*x + s**2*x**2/2 - s**4*x**4/2", "down": "T = 1 - s*x + s**2*x**2/2 - s**4*x**4/2",
        "mean": "t = 1", "error": "D = S/2 + T/2 - t"}.items()}


FALLEN = ("sum(e*t) > (sum(e*S) - s**2/2)/2 + (sum(e*T) - s**2/2)/2", "s**2/2 > sum(e*D)")
PRINTED = ("(sum(e*S) - s**2/2)/2 + (sum(e*T) - s**2/2)/2 >= sum(e*t)", "sum(e*D) >= s**2/2")


def fall_of_curvature() -> dict[str, Any]:
    # For every s > 0, (103) and (104) fail: the left side of each lacks s**4/2.
    proof = Proof("e x s S T t D", indexed="e x S T t D")
    known = _fall(proof)
    fourth = term(*[known["positive"]] * 4, coefficient="1/2")
    both = {known["up"]: "-e/2", known["down"]: "-e/2", known["second"]: "-s**2/2", known["fourth"]: "s**4/2"}
    jensen = proof.state(FALLEN[0], {**both, known["mean"]: "e"}, [fourth])
    return proof.qed(jensen, proof.state(FALLEN[1], {
        **both, known["mean"]: "e", known["error"]: "-e"}, [fourth]))


def fall_in_numbers() -> dict[str, Any]:
    # The network of "bent network", s = 1/10.
    proof = Proof("e x s S T t D", indexed="e x S T t D")
    _fall(proof)
    return proof.refuted({
        "e": ["1/2", "1/2", "-1"], "x": ["1", "-1", "0"], "s": "1/10",
        "S": ["22099/20000", "18099/20000", "1"], "T": ["18099/20000", "22099/20000", "1"],
        "t": ["1", "1", "1"], "D": ["99/20000", "99/20000", "0"]}, *PRINTED)


def admissible_radius() -> dict[str, Any]:
    # lambda = (1/5, 4/5), v_r = 1: the radius 1/10 is small enough for (102), where e sigma'' >= 3/5, and
    # for lambda' >= lambda/2.
    proof = Proof("x0 x1 u0 u1 V")
    inside = proof.assume("inside", "1/100 >= x0**2 + x1**2")
    first = proof.assume("first", "u0 = 1/5 + x0")
    second = proof.assume("second", "u1 = 4/5 + x1")
    total = proof.assume("total", "V = u0 + u1")
    linear = {total: "1", first: "1", second: "1"}
    return proof.qed(
        proof.state("3*V/5 > 1/2", {name: "3/5" for name in linear}, [
            term(inside, coefficient="21/5"), term(coefficient="21/5", square="x0 + 1/14"),
            term(coefficient="21/5", square="x1 + 1/14"), term(coefficient="53/3500")]),
        proof.state("u0 >= V/10", {total: "-1/10", first: "9/10", second: "-1/10"}, [
            term(inside, coefficient="5"), term(coefficient="5", square="x0 + 9/100"),
            term(coefficient="5", square="x1 - 1/100"), term(coefficient="9/1000")]),
        proof.state("u1 >= 2*V/5", {total: "-2/5", first: "-2/5", second: "3/5"}, [
            term(inside, coefficient="4"), term(coefficient="4", square="x0 - 1/20"),
            term(coefficient="4", square="x1 + 3/40"), term(coefficient="131/400")]))


def too_large_a_radius() -> dict[str, Any]:
    # sigma'' falls from 1 to 3/5 on |t| <= r, and stays; so sigma = 3 t**2/10 + r |t|/5 - r**2/15 beyond r.
    proof = Proof("r w0 w1 u0 u1 V L0 L1 S0 S1 D")
    proof.assume("positive", "r > 0")
    proof.assume("right", "w0 >= r")
    proof.assume("left", "-w1 >= r")
    proof.assume("inside", "1/100 > (u0 - 1/5)**2 + (u1 - 4/5)**2 + w0**2 + w1**2")
    proof.assume("total", "V = u0 + u1")
    proof.assume("share 0", "L0*V = u0")
    proof.assume("share 1", "L1*V = u1")
    proof.assume("mean", "L0*w0 + L1*w1 = 0")
    proof.assume("value 0", "S0 = 3*w0**2/10 + r*w0/5 - r**2/15")
    proof.assume("value 1", "S1 = 3*w1**2/10 - r*w1/5 - r**2/15")
    proof.assume("error", "D = u0*S0 + u1*S1")
    return proof.refuted({
        "r": "1/10000", "w0": "87/10000", "w1": "-13/10000", "u0": "13/100", "u1": "87/100", "V": "1",
        "L0": "13/100", "L1": "87/100", "S0": "68641/3000000000", "S1": "1597/3000000000",
        "D": "128909/37500000000"}, "D >= (w0**2/5 + 4*w1**2/5)/4")


def kinked_network() -> dict[str, Any]:
    # The network of the last two: H_r = (1); sigma >= 0 and y = -1, so v = 1, w = 0 is a local minimum.
    argument = Argument(Network.from_arrays(
        "t**2/2 - 2000/3*(pos3(t) + pos3(-t) - pos3(t - 1/10000) - pos3(-t - 1/10000))",
        X=[["1"]], y=["-1"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")
    return argument.certificate(argument.step(
        "inertia", point, neuron=0, basis=[["1"]], signs=[1], null=[]))


PROOFS = {
    "deviations": deviations, "entry of e": entry_of_e, "derivatives": derivatives,
    "vanishing sum": vanishing_sum, "unbounded mean": unbounded_mean, "monotone": monotone,
    "bound of the second derivative": bound_of_the_second_derivative, "constants": constants,
    "four lines": four_lines, "products": products, "expansion of G": expansion_of_g, "same form": same_form,
    "moves in the ball": moves_in_the_ball, "third daughter": third_daughter, "bent network": bent_network,
    "fall of curvature": fall_of_curvature, "fall in numbers": fall_in_numbers,
    "admissible radius": admissible_radius, "too large a radius": too_large_a_radius,
    "kinked network": kinked_network,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
