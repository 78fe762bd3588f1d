"""The printed steps of the proof of Lemma 3, each by itself: what holds, what fails, and where.

Source: paper A, (48), (49), A.5; (106)-(128), footnote 3.
Writing: l0, l1, L0, L1, b0, b1, B0, B1: lambda, lambda', beta and beta'; v0, v1: output weights of the
    daughters at theta', a: the first of them; V, z: weights of the narrow point of comparison, z less w_r;
    p, q: the moves of the daughters' input weights; T0, T1, t: sigma at w'_r + u_0, w'_r + u_1, w'_r;
    e: residual; D: the paper's e; Y: the moves of the narrow outputs; G: (120).
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term


def beta_range() -> dict[str, Any]:
    # (48): beta_0 + beta_1 = 1, and both lie between 0 and 1.
    proof = Proof("l0 l1 b0 b1")
    one = proof.assume("one", "l0 + l1 = 1")
    negative = proof.assume("negative", "-l1 > 0")
    inverse = proof.assume("inverse", "l0*b0 = 1")
    positive = proof.assume("positive", "b0 > 0")
    weight = proof.assume("weight", "b1 = -l1*b0")
    total = proof.state("b0 + b1 = 1", {weight: "1", inverse: "1", one: "-b0"})
    other = proof.state("b1 > 0", {weight: "1"}, [term(positive, negative)])
    return proof.qed(total, other, proof.state("1 > b0", {total: "-1"}, [term(other)]),
                     proof.state("1 > b1", {total: "-1"}, [term(positive)]))


def exchange() -> dict[str, Any]:
    # Two daughters that change places: the output stays, and so does the length of the move.
    proof = Proof("u U s S rest F G", vectors="p q a b")
    before = proof.assume("before", "F = rest + u*s + U*S")
    after = proof.assume("after", "G = rest + U*S + u*s")
    first = proof.assume("first", "dot(a, a) = dot(q, q)")
    second = proof.assume("second", "dot(b, b) = dot(p, p)")
    return proof.qed(
        proof.state("G = F", {after: "1", before: "-1"}),
        proof.state("dot(a, a) + dot(b, b) = dot(p, p) + dot(q, q)", {first: "1", second: "1"}))


def places() -> dict[str, Any]:
    # (107b), (107c), tested on an arbitrary vector x; o = w_r.
    proof = Proof("", vectors="o z p q u0 u1 x")
    first = proof.assume("first", "dot(u0, x) = dot(z - p, x)")
    second = proof.assume("second", "dot(u1, x) = dot(q - p, x)")
    return proof.qed(
        proof.state("dot(o + z, x) = dot(o + p + u0, x)", {first: "-1"}),
        proof.state("dot(o + q, x) = dot(o + p + u1, x)", {second: "-1"}))


def lines_of_109() -> dict[str, Any]:
    # (109), line by line, tested on an arbitrary vector x; |lambda'_1| = -lambda'_1.
    proof = Proof("L0 L1 B0 B1", vectors="z p q x")
    one = proof.assume("one", "L0 + L1 = 1")
    inverse = proof.assume("inverse", "L0*B0 = 1")
    weight = proof.assume("weight", "B1 = -L1*B0")
    mean = proof.assume("mean", "dot(z, x) = dot(L0*p + L1*q, x)")
    total = proof.state("B0 + B1 = 1", {weight: "1", inverse: "1", one: "-B0"})
    left = "dot(B0*(z - p) + B1*(q - p), x)"
    return proof.qed(
        total,
        proof.state(f"{left} = dot(B0*z - L1*B0*q - p, x)", {weight: "dot(q, x)", total: "-dot(p, x)"}),
        proof.state(f"{left} = B0*dot(z - L0*p - L1*q, x)", {
            weight: "dot(q, x)", total: "-dot(p, x)", inverse: "dot(p, x)"}),
        proof.state(f"{left} = 0", {
            weight: "dot(q, x)", total: "-dot(p, x)", inverse: "dot(p, x)", mean: "B0"}))


def zero_term() -> dict[str, Any]:
    # (110): zero whatever stands in sigma'.
    proof = Proof("a s1 B0 B1", vectors="u0 u1 x")
    center = proof.assume("center", "dot(B0*u0 + B1*u1, x) = 0")
    return proof.qed(proof.state("a*s1*dot(B0*u0 + B1*u1, x) = 0", {center: "a*s1"}))


def entry_of_e() -> dict[str, Any]:
    # (111): (111b) needs beta'_0 + beta'_1 = 1 besides.
    proof = Proof("a B0 B1 T0 T1 t s1 D", vectors="u0 u1 x")
    one = proof.assume("one", "B0 + B1 = 1")
    center = proof.assume("center", "dot(B0*u0 + B1*u1, x) = 0")
    error = proof.assume("error", "D = a*t - B0*a*T0 - B1*a*T1")
    return proof.qed(
        proof.state("D = a*t - B0*a*T0 - B1*a*T1 + a*s1*dot(B0*u0 + B1*u1, x)", {
            error: "1", center: "-a*s1"}),
        proof.state("D = B0*a*(t - T0 + s1*dot(u0, x)) + B1*a*(t - T1 + s1*dot(u1, x))", {
            error: "1", center: "-a*s1", one: "-a*t"}))


def derivatives() -> dict[str, Any]:
    # (112), (113): by Taylor's formula at place t, with q = u_j.x: F' = (sigma'(w'_r.x) - sigma') q, which is
    # 0 at t = 0, and F'' = -sigma'' q**2.
    proof = Proof("t h q S0 g S s1 s2 o P F Q")
    place = proof.assume("place", "F = S0 - S + t*g*q")
    taylor = proof.assume("taylor", "P = S + h*q*s1 + h**2*q**2*(s2/2 + o)")
    moved = proof.assume("moved", "Q = S0 - P + (t + h)*g*q")
    return proof.qed(proof.state("Q = F + h*(g - s1)*q + h**2*(-s2*q**2/2 - o*q**2)", {
        place: "-1", taylor: "-1", moved: "1"}))


def vanishing_sum() -> dict[str, Any]:
    # v_r = 1, lambda = (2, -1): at (3/2, -3/2), in the closed unit ball, the output weights sum to 0.
    proof = Proof("l0 l1 v0 v1 V")
    proof.assume("one", "l0 + l1 = 1")
    proof.assume("negative", "-l1 > 0")
    proof.assume("total", "V = v0 + v1")
    proof.assume("inside", "1 >= (v0 - l0)**2 + (v1 - l1)**2")
    return proof.refuted({"l0": "2", "l1": "-1", "v0": "3/2", "v1": "-3/2", "V": "0"}, "V**2 > 0")


def unbounded_place() -> dict[str, Any]:
    # v_r = 1, w_r = 0, lambda = (2, -1): inside the unit ball the narrow place is larger than 3/(4 s).
    proof = Proof("s i v0 v1 p q z")
    positive = proof.assume("positive", "s > 0")
    most = proof.assume("most", "1 >= s")
    inverse = proof.assume("inverse", "s*i = 1")
    first = proof.assume("first", "v0 = s/2 + 3/2")
    second = proof.assume("second", "v1 = s/2 - 3/2")
    moved = proof.assume("moved", "p = 1/2")
    still = proof.assume("still", "q = 0")
    mean = proof.assume("mean", "z = i*v0*p + i*v1*q")
    return proof.qed(
        proof.state("v0 + v1 = s", {first: "1", second: "1"}),
        proof.state(
            "1 > (v0 - 2)**2 + (v1 + 1)**2 + p**2 + q**2",
            {first: "-(v0 + s/2 - 5/2)", second: "-(v1 + s/2 + 1/2)", moved: "-(p + 1/2)", still: "-q"},
            [term(coefficient="1/4"), term(positive, coefficient="1/2"),
             term(positive, most, coefficient="1/2")]),
        proof.state("s*z > 3/4", {
            mean: "s", inverse: "v0*p + v1*q", moved: "v0", still: "v1", first: "1/2"},
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
    # |F''| <= M |u_j|**2; y is |sigma''|.
    proof = Proof("c y M f", vectors="u x")
    upper = proof.assume("upper", "y >= c")
    lower = proof.assume("lower", "y + c >= 0")
    largest = proof.assume("largest", "M >= y*dot(x, x)")
    schwarz = proof.assume("schwarz", "dot(x, x)*dot(u, u) - dot(u, x)**2 >= 0")
    second = proof.assume("second", "f = c*dot(u, x)**2")
    common = [term(largest, square="u"), term(upper, schwarz, coefficient="1/2"),
              term(lower, schwarz, coefficient="1/2")]
    return proof.qed(
        proof.state("M*dot(u, u) - f >= 0", {second: "-1"}, [*common, term(upper, square="dot(u, x)")]),
        proof.state("M*dot(u, u) + f >= 0", {second: "1"}, [*common, term(lower, square="dot(u, x)")]))


def constants() -> dict[str, Any]:
    # (116), (117): 1/2 * 2 * 4 = 4; A = |v'_r|, v = |v_r|, B and C the two sums, with beta' and beta.
    proof = Proof("A v M B C D", indexed="D")
    high = proof.assume("high", "A*M*B/2 - D >= 0")
    low = proof.assume("low", "A*M*B/2 + D >= 0")
    double = proof.assume("double", "2*v >= A")
    sums = proof.assume("sums", "4*C >= B")
    bounds = [proof.assume(f"bound {name}", f"{name} >= 0") for name in "MvB"]
    more = [term(bounds[0], bounds[2], double, coefficient="1/2"), term(bounds[0], bounds[1], sums)]
    above = proof.state("4*v*M*C - D >= 0", terms=[term(high), *more])
    below = proof.state("4*v*M*C + D >= 0", terms=[term(low), *more])
    return proof.qed(above, below, proof.state("sum(1)*(4*v*M*C)**2 >= sum(D**2)", terms=[
        term(above, below)]))


def four_lines() -> dict[str, Any]:
    # (119): N = |e|, R = |Y|, r = sqrt(n), M = M(delta_1), M1 = M(1), Q the bound of (118).
    proof = Proof("N R r v M M1 i Q eps C", vectors="Y D")
    schwarz = proof.assume("schwarz", "N*R + dot(Y, D) >= 0")
    error = proof.assume("(117)", "4*r*v*M*C >= N")
    close = proof.assume("(118)", "Q >= R")
    quotient = proof.assume("quotient", "eps = 8*r*v*M1*Q")
    inverse = proof.assume("inverse", "M1*i = 1")
    grows = proof.assume("grows", "M1 >= M")
    sizes = {name: proof.assume(f"bound {name}", f"{name} >= 0")
             for name in ("R", "r", "v", "M", "i", "eps", "C")}
    first = proof.state("dot(Y + D, Y + D) = dot(Y, Y) + 2*dot(D, Y) + dot(D, D)")
    second = proof.state("dot(Y + D, Y + D) >= dot(Y, Y) - 2*N*R", terms=[
        term(square="D"), term(schwarz, coefficient="2")])
    third = proof.state(
        "dot(Y + D, Y + D) >= dot(Y, Y) - M*i*eps*C", {quotient: "M*i*C", inverse: "8*r*v*M*C*Q"},
        [term(second), term(sizes["R"], error, coefficient="2"),
         term(*(sizes[x] for x in ("r", "v", "M", "C")), close, coefficient="8")])
    last = proof.state("dot(Y + D, Y + D) >= dot(Y, Y) - eps*C", {inverse: "-eps*C"}, [
        term(third), term(sizes["eps"], sizes["C"], sizes["i"], grows)])
    return proof.qed(first, second, third, last)


def products() -> dict[str, Any]:
    # (121)-(123): G0, G1, G2 are the values of G at u_0, u_1, 0.
    proof = Proof("a B0 B1 G0 G1 G2", vectors="e D T0 T1 t")
    error = proof.assume("error", "dot(e, D) = dot(e, a*t - B0*a*T0 - B1*a*T1)")
    values = [proof.assume(f"value {j}", f"G{j} = -(a*dot(e, {x}))") for j, x in enumerate(("T0", "T1", "t"))]
    return proof.qed(
        proof.state("dot(e, D) = -(B0*a*dot(e, T0) + B1*a*dot(e, T1)) + a*dot(e, t)", {error: "1"}),
        proof.state("dot(e, D) = B0*G0 + B1*G1 - G2", {
            error: "1", values[0]: "-B0", values[1]: "-B1", values[2]: "1"}))


def expansion_of_g() -> dict[str, Any]:
    # (120), (124): along u + h p, with q = p.x_k, by Taylor's formula for sigma at each sample.
    proof = Proof("a e S s1 s2 o P q h G Q", indexed="e S s1 s2 o P q")
    value = proof.assume("value", "G = -(a*sum(e*S))")
    taylor = proof.assume("taylor", "P = S + h*q*s1 + h**2*q**2*(s2/2 + o)")
    moved = proof.assume("moved", "Q = -(a*sum(e*P))")
    return proof.qed(proof.state(
        "Q = G - h*a*sum(e*s1*q) - h**2*(a*sum(e*s2*q**2)/2 + a*sum(e*o*q**2))", {
            value: "-1", taylor: "-a*e", moved: "1"}))


def same_form() -> dict[str, Any]:
    # (125): a = lambda_0 v_r; residual and input weights are the narrow ones. P = |p|**2, l = |lambda_max|.
    proof = Proof("a v l0 e E s S q g h l P", indexed="e E s S q")
    output = proof.assume("output", "a = l0*v")
    residual = proof.assume("residual", "e = E")
    weights = proof.assume("weights", "s = S")
    wide = proof.assume("wide", "g = -(a*sum(e*s*q**2))")
    narrow = proof.assume("narrow", "h = v*sum(E*S*q**2)")
    positive = proof.assume("positive", "l0 > 0")
    negative = proof.assume("negative", "-h >= l*P")
    form = proof.state("g = -(l0*h)", {
        wide: "1", output: "-sum(e*s*q**2)", narrow: "l0", residual: "-l0*v*s*q**2", weights: "-l0*v*E*q**2"})
    return proof.qed(form, proof.state("g >= l0*l*P", {form: "1"}, [term(positive, negative)]))


def strict_curvature() -> dict[str, Any]:
    # (126), with its strict sign: -v'_r sigma''(x_k.u) differs from -v_r sigma''(x_k.w_r) by at most t.
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
    small = proof.assume("small", "l0*l > 2*t*K")
    nonzero = proof.assume("nonzero", "dot(p, p) > 0")
    return proof.qed(proof.state(
        "H > l0*l*dot(p, p)/2", {norm: "t*dot(p, p)", form: "-1", moved: "1"}, [
            term(upper, fall, square="dot(x, p)", coefficient="1/2"),
            term(lower, rise, square="dot(x, p)", coefficient="1/2"),
            term(upper, positive, schwarz, coefficient="1/2"),
            term(lower, positive, schwarz, coefficient="1/2"),
            term(definite), term(small, nonzero, coefficient="1/2")]))


def distances() -> dict[str, Any]:
    # Footnote 3: |u_0| and |u_1| are at most sqrt(C_2**2 + 1) delta, where C_2**2 = 8 lambda_0**2.
    proof = Proof("l0 l1 L0 L1 d C", vectors="p q")
    one = proof.assume("one", "l0 + l1 = 1")
    moved_one = proof.assume("moved one", "L0 + L1 = 1")
    negative = proof.assume("negative", "-l1 > 0")
    moved_negative = proof.assume("moved negative", "-L1 > 0")
    double = proof.assume("double", "L1 >= 2*l1")
    close = proof.assume("close", "d**2 >= dot(p, p) + dot(q, q)")
    large = proof.assume("large", "C > 1")
    plus = proof.state("2*l0 + L1 >= 0", {one: "2"}, [term(double), term(coefficient="2")])
    minus = proof.state("2*l0 - L1 >= 0", {one: "2"}, [
        term(coefficient="2"), term(negative, coefficient="2"), term(moved_negative)])
    return proof.qed(
        proof.state(
            "(8*l0**2 + 1)*d**2 >= dot(L0*p + L1*q - p, L0*p + L1*q - p)",
            {moved_one: "-((L0 - 1 - L1)*dot(p, p) + 2*L1*dot(p, q))"}, [
                term(plus, minus, coefficient="2", square="d"), term(square="d"),
                term(close, coefficient="2", square="L1"), term(square="L1*p + L1*q")]),
        proof.state("(8*l0**2 + 1)*d**2 >= dot(q - p, q - p)", {one: "8*(l0 - l1 + 1)*d**2"}, [
            term(close, coefficient="2"), term(square="p + q"), term(negative, coefficient="16", square="d"),
            term(square="l1*d", coefficient="8"), term(square="d", coefficient="7")]),
        proof.state("2*C > C + 1", terms=[term(large)]))


def triangle() -> dict[str, Any]:
    # |dw_r narrow| < C_2 delta and |dw_r| < delta alone give C_2 + 1, not sqrt(C_2**2 + 1).
    proof = Proof("C d z p u")
    proof.assume("large", "C > 1")
    proof.assume("narrow", "C**2*d**2 > z**2")
    proof.assume("wide", "d**2 > p**2")
    proof.assume("difference", "u = z - p")
    return proof.refuted({"C": "3", "d": "1", "z": "29/10", "p": "-9/10", "u": "19/5"},
                         "(C**2 + 1)*d**2 >= u**2")


def bent_network() -> dict[str, Any]:
    # sigma = 1 + t + t**2/2 - t**4/2, v = 1, w = 0: a strict local minimum, H_r = (-1).
    argument = Argument(Network.from_arrays(
        "1 + t + t**2/2 - t**4/2", X=[["1"], ["-1"], ["0"]], y=["3/2", "3/2", "0"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")
    minimum = argument.step("nondegenerate point", point, prec=64, within="1/1024",
                            basis=[["37/64", "0"], ["0", "1"]], signs=[1, 1])
    return argument.certificate(argument.step(
        "inertia", minimum, neuron=0, basis=[["1"]], signs=[-1], null=[], prec=64))


def _fall(proof: Proof) -> dict[str, str]:
    """lambda = (2, -1), only the second daughter moves, by s: S and T are sigma at w'_r + u_1 and w'_r + u_0,
    u_1 = s, u_0 = -s; beta' = (1/2, 1/2), v'_r = 2."""
    return {name: proof.assume(name, formula) for name, formula in {
        "sum": "sum(e) = 0", "first": "sum(e*x) = 0", "second": "sum(e*x**2) = -1",
        "third": "sum(e*x**3) = 0", "fourth": "sum(e*x**4) = -1", "positive": "s > 0",
        "up": "S = 1 + s*x + s**2*x**2/2 - s**4*x**4/2", "down": "T = 1 - s*x + s**2*x**2/2 - s**4*x**4/2",
        "mean": "t = 1", "error": "D = 2*t - S - T"}.items()}


FALLEN = ("-(2*sum(e*t)) > (-(2*sum(e*S)) - s**2)/2 + (-(2*sum(e*T)) - s**2)/2", "s**2 > sum(e*D)")
PRINTED = ("(-(2*sum(e*S)) - s**2)/2 + (-(2*sum(e*T)) - s**2)/2 >= -(2*sum(e*t))", "sum(e*D) >= s**2")


def fall_of_curvature() -> dict[str, Any]:
    # For every s > 0, (127) and the first inequality of (128) fail: the left side of each lacks s**4.
    proof = Proof("e x s S T t D", indexed="e x S T t D")
    known = _fall(proof)
    fourth = term(*[known["positive"]] * 4)
    both = {known["up"]: "e", known["down"]: "e", known["second"]: "s**2", known["fourth"]: "-s**4"}
    jensen = proof.state(FALLEN[0], {**both, known["mean"]: "-2*e"}, [fourth])
    return proof.qed(jensen, proof.state(FALLEN[1], {
        **both, known["mean"]: "-2*e", known["error"]: "-e"}, [fourth]))


def fall_in_numbers() -> dict[str, Any]:
    # The network of "bent network", s = 1/10.
    proof = Proof("e x s S T t D", indexed="e x S T t D")
    _fall(proof)
    return proof.refuted({
        "e": ["-1/2", "-1/2", "1"], "x": ["1", "-1", "0"], "s": "1/10",
        "S": ["22099/20000", "18099/20000", "1"], "T": ["18099/20000", "22099/20000", "1"],
        "t": ["1", "1", "1"], "D": ["-99/10000", "-99/10000", "0"]}, *PRINTED)


PROOFS = {
    "beta range": beta_range, "exchange": exchange, "places": places, "lines of (109)": lines_of_109,
    "zero term": zero_term, "entry of e": entry_of_e, "derivatives": derivatives,
    "vanishing sum": vanishing_sum, "unbounded place": unbounded_place, "monotone": monotone,
    "bound of the second derivative": bound_of_the_second_derivative, "constants": constants,
    "four lines": four_lines, "products": products, "expansion of G": expansion_of_g, "same form": same_form,
    "strict curvature": strict_curvature, "distances": distances, "triangle": triangle,
    "bent network": bent_network, "fall of curvature": fall_of_curvature, "fall in numbers": fall_in_numbers,
}


if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
