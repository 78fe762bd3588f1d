"""The printed steps of the proof of Theorem 1: a local minimum split by a definite inner Hessian.

Source: paper A, (13), section 6.1 without Lemmas 2-4: (27)-(38), (41)-(47), (50)-(52), and what has no label.
Writing: lam, mu: coefficients; s: shares lambda'_j; u, U: output weights of the daughters before and after a
    move, du, w, dw likewise; v, V: their sums; m: the weighted mean of the moved input weights; d, D: marks
    of a daughter; n: how many daughters; e: residual; Y: change of the narrow output, E: of the wide output
    beyond it; z, s0, s1, s2: sigma and its derivatives at a sample; T, S, t: sigma after a move; o: a
    remainder; h: a value of the quadratic form of H_r; l, k, L: losses.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term


def regions_not_empty() -> dict[str, Any]:
    # (13): equal coefficients; and n for one daughter, -1 for each of the others.
    proof = Proof("d lam mu n i", indexed="d lam mu")
    single = proof.assume("single", "sum(d) = 1")
    mark = proof.assume("mark", "d*d = d")
    count = proof.assume("count", "n = sum(1)")
    inverse = proof.assume("inverse", "n*i = 1")
    positive = proof.assume("positive", "i > 0")
    equal = proof.assume("equal", "lam = i")
    apart = proof.assume("apart", "mu = d*(n + 1) - 1")
    return proof.qed(
        proof.state("sum(lam) = 1", {equal: "1", count: "-i", inverse: "1"}),
        proof.state("lam > 0", {equal: "1"}, [term(positive)]),
        proof.state("sum(mu) = 1", {apart: "1", single: "n + 1", count: "1"}),
        proof.state("d*mu = d*n", {apart: "d", mark: "n + 1"}),
        proof.state("(1 - d)*mu = d - 1", {apart: "1 - d", mark: "-(n + 1)"}))


def second_order_remainder() -> dict[str, Any]:
    # (27): o is Taylor's remainder, at most eps near the point; q = Delta w . x.
    proof = Proof("T s0 s1 s2 q o eps R", vectors="a x")
    taylor = proof.assume("taylor", "T = s0 + q*s1 + q**2*(s2/2 + o)")
    slope = proof.assume("slope", "q = dot(a, x)")
    rest = proof.assume("rest", "R = T - s0 - dot(a, x)*s1 - dot(a, x)**2*s2/2")
    schwarz = proof.assume("schwarz", "dot(a, a)*dot(x, x) - dot(a, x)**2 >= 0")
    upper = proof.assume("upper", "eps >= o")
    lower = proof.assume("lower", "eps + o >= 0")
    cauchy = [term(upper, schwarz, coefficient="1/2"), term(lower, schwarz, coefficient="1/2")]
    move = "s1 + (q + dot(a, x))*(s2/2 + o)"
    return proof.qed(
        proof.state("eps*dot(x, x)*dot(a, a) - R >= 0", {rest: "-1", taylor: "-1", slope: f"-({move})"},
                    [*cauchy, term(upper, square="dot(a, x)")]),
        proof.state("eps*dot(x, x)*dot(a, a) + R >= 0", {rest: "1", taylor: "1", slope: move},
                    [*cauchy, term(lower, square="dot(a, x)")]))


def slow_infinitesimal() -> dict[str, Any]:
    # Below (28): o = sqrt(t) tends to 0 with t, and is larger than t.
    proof = Proof("t o")
    root = proof.assume("root", "t = o**2")
    positive = proof.assume("positive", "o > 0")
    small = proof.assume("small", "1 > o")
    return proof.qed(proof.state("o > t", {root: "-1"}, [term(positive, small)]))


def change_of_one_neuron() -> dict[str, Any]:
    # (29), at one sample: A is the term of first order of sigma, B that of second order, doubled.
    proof = Proof("v dv z A B o T change")
    taylor = proof.assume("taylor", "T = z + A + B/2 + o")
    move = proof.assume("move", "change = (v + dv)*T - v*z")
    return proof.qed(proof.state(
        "change = (v + dv)*A + (v + dv)*B/2 + (v + dv)*o + dv*z", {move: "1", taylor: "v + dv"}))


def slope_in_an_output_weight() -> dict[str, Any]:
    # (30a): the loss is a parabola in v_i, whose slope at t = 0 is <e, z_i>.
    proof = Proof("e z t l L", indexed="e z")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + t*z)**2)/2")
    return proof.qed(proof.state("L - l = t*(sum(e*z) + t*sum(z**2)/2)", {after: "1", before: "-1"}))


def slope_in_input_weights() -> dict[str, Any]:
    # (30b): along any a, q = a.x; the bracket tends to v <e, z'_i q> with t.
    proof = Proof("e s0 s1 q o T v t l L", indexed="e s0 s1 q o T")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + v*(T - s0))**2)/2")
    taylor = proof.assume("taylor", "T = s0 + t*(q*s1 + o)")
    step = "v*(T - s0)"
    return proof.qed(proof.state(
        "L - l = t*(v*sum(e*s1*q) + v*sum(e*o) + t*v**2*sum((q*s1 + o)**2)/2)",
        {after: "1", before: "-1", taylor: f"v*e + v*({step} + v*t*(q*s1 + o))/2"}))


def without_the_output_weight() -> dict[str, Any]:
    # After (30b): what v_i times something is 0 is 0 itself, when v_i is not.
    proof = Proof("v i g")
    nonzero = proof.assume("nonzero", "v*i = 1")
    zero = proof.assume("zero", "v*g = 0")
    return proof.qed(proof.state("g = 0", {nonzero: "-g", zero: "i"}))


def curvature_alone_is_left() -> dict[str, Any]:
    # (31), its two lines.
    proof = Proof("e z s1 s2 q o Y v dv i h", indexed="e z s1 s2 q o Y")
    change = proof.assume("change", "Y = (v + dv)*(q*s1) + (v + dv)*q**2*s2/2 + (v + dv)*o + dv*z")
    outer = proof.assume("output weight", "sum(e*z) = 0")
    inner = proof.assume("input weights", "v*sum(e*s1*q) = 0")
    nonzero = proof.assume("nonzero", "v*i = 1")
    form = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    first = proof.state("sum(e*Y) = (v + dv)*sum(e*s2*q**2)/2 + (v + dv)*sum(e*o)", {
        change: "e", outer: "dv", inner: "1 + dv*i", nonzero: "-dv*sum(e*s1*q)"})
    return proof.qed(first, proof.state("sum(e*Y) = (1 + dv*i)*h/2 + (v + dv)*sum(e*o)", {
        first: "1", form: "-(1 + dv*i)/2", nonzero: "-dv*sum(e*s2*q**2)/2"}))


def vanishing_output_weight() -> dict[str, Any]:
    # (11): with v_r = 0 the inner Hessian is 0.
    proof = Proof("v e s2 q h", indexed="e s2 q")
    form = proof.assume("curvature", "h = v*sum(e*s2*q**2)")
    zero = proof.assume("zero", "v = 0")
    return proof.qed(proof.state("h = 0", {form: "1", zero: "sum(e*s2*q**2)"}))


def coefficients_below_one() -> dict[str, Any]:
    # Two daughters, d and D; all coefficients are positive.
    proof = Proof("lam d D l0 l1", indexed="lam d D")
    one = proof.assume("one", "sum(lam) = 1")
    positive = proof.assume("positive", "lam > 0")
    first, second = proof.assume("first", "sum(d) = 1"), proof.assume("second", "sum(D) = 1")
    mark = proof.assume("mark", "d*d = d")
    other = proof.assume("other mark", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    value = proof.assume("value", "d*lam = d*l0")
    rest = proof.assume("other value", "D*lam = D*l1")
    sign = proof.assume("other sign", "l1 > 0")
    return proof.qed(proof.state("1 > l0", {
        one: "-1", value: "1", first: "l0", rest: "1", second: "l1",
        mark: "-lam", other: "-lam", apart: "-2*lam"}, [term(positive, square="1 - d - D"), term(sign)]))


def output_weights_keep_their_sign() -> dict[str, Any]:
    # theta' within r of theta, r at most every |u_j|.
    proof = Proof("u U r", indexed="u U")
    near = proof.assume("near", "r**2 > (U - u)**2")
    small = proof.assume("small", "u**2 >= r**2")
    return proof.qed(proof.state("u*U > 0", {}, [
        term(near, coefficient="1/2"), term(small, coefficient="1/2"),
        term(coefficient="1/2", square="U")]))


def denominator() -> dict[str, Any]:
    # (32), (42): r2 is the squared radius, at most v**2/n.
    proof = Proof("du v V n i r2", indexed="du")
    total = proof.assume("total", "V = v + sum(du)")
    count = proof.assume("count", "n = sum(1)")
    inverse = proof.assume("inverse", "n*i = 1")
    several = proof.assume("several", "n > 0")
    share = proof.assume("share", "i > 0")
    small = proof.assume("small", "v**2 >= n*r2")
    near = proof.assume("near", "r2 > sum(du**2)")
    return proof.qed(proof.state("v*V > 0", {
        total: "v", count: "i*sum(du)**2/2", inverse: "sum(du)**2/2 - n*sum(du**2)/2"}, [
        term(small, coefficient="1/2"), term(several, near, coefficient="1/2"),
        term(share, coefficient="1/2", square="n*du - sum(du)"),
        term(coefficient="1/2", square="v + sum(du)")]))


def shares_keep_their_sign() -> dict[str, Any]:
    # (32), (42): every lambda'_j has the sign of lambda_j. k = 1/(v V).
    proof = Proof("lam s u U v V k", indexed="lam s u U")
    output = proof.assume("output", "u = lam*v")
    kept = proof.assume("kept", "u*U > 0")
    inverse = proof.assume("inverse", "v*V*k = 1")
    positive = proof.assume("positive", "k > 0")
    share = proof.assume("share", "s*V = U")
    return proof.qed(proof.state("lam*s > 0", {share: "lam*v*k", inverse: "-lam*s", output: "-k*U"}, [
        term(positive, kept)]))


def shares_are_near() -> dict[str, Any]:
    # (32), (42): how far lambda'_j is from lambda_j, exactly; and they sum to 1.
    proof = Proof("lam s du v V i", indexed="lam s du")
    one = proof.assume("one", "sum(lam) = 1")
    total = proof.assume("total", "V = v + sum(du)")
    inverse = proof.assume("inverse", "V*i = 1")
    share = proof.assume("share", "s*V = lam*v + du")
    return proof.qed(
        proof.state("s - lam = (du - lam*sum(du))*i", {share: "i", inverse: "lam - s", total: "-lam*i"}),
        proof.state("sum(s) = 1", {share: "i", inverse: "1 - sum(s)", total: "-i", one: "v*i"}))


def point_of_comparison() -> dict[str, Any]:
    # (33), (44): the moved parent has the sum of the moved output weights, and the mean of the input
    # weights, here tested on an arbitrary vector x.
    proof = Proof("lam s u du v V dv", vectors="w dw q m dm x", indexed="lam s u du w dw")
    one = proof.assume("one", "sum(lam) = 1")
    shares = proof.assume("shares", "sum(s) = 1")
    output = proof.assume("output", "u = lam*v")
    hidden = proof.assume("hidden", "dot(w, x) = dot(q, x)")
    change = proof.assume("change", "dv = sum(du)")
    moved = proof.assume("moved", "V = v + dv")
    mean = proof.assume("mean", "dot(dm, x) = sum(s*dot(dw, x))")
    center = proof.assume("center", "dot(m, x) = dot(q, x) + dot(dm, x)")
    return proof.qed(
        proof.state("V = sum(u + du)", {moved: "1", change: "1", output: "-1", one: "-v"}),
        proof.state("dot(m, x) = sum(s*dot(w + dw, x))", {
            center: "1", mean: "1", hidden: "-s", shares: "-dot(q, x)"}))


def distance_in_output_weights() -> dict[str, Any]:
    # (34a), (45a): rest is what the other neurons move by, squared; n daughters.
    proof = Proof("du rest n i S V", indexed="du")
    count = proof.assume("count", "n = sum(1)")
    inverse = proof.assume("inverse", "n*i = 1")
    share = proof.assume("share", "i > 0")
    several = proof.assume("several", "n >= 1")
    others = proof.assume("others", "rest >= 0")
    size = proof.assume("size", "S = sum(du**2)")
    total = proof.assume("total", "V = sum(du)")
    return proof.qed(
        proof.state("rest + n*S >= rest + V**2", {
            size: "n", total: "-V - sum(du)", count: "i*sum(du)**2",
            inverse: "sum(du)**2 - n*sum(du**2)"}, [term(share, square="n*du - sum(du)")]),
        proof.state("n*(rest + S) >= rest + n*S", {}, [term(several, others)]))


def mean_of_the_moves() -> dict[str, Any]:
    # (34b), (45b), first inequality, for shares of any sign. dm = sum s dw, tested on itself.
    proof = Proof("s N i rest S", vectors="dw dm", indexed="s dw")
    norm = proof.assume("norm", "N = sum(s**2)")
    inverse = proof.assume("inverse", "N*i = 1")
    positive = proof.assume("positive", "i > 0")
    size = proof.assume("size", "S = sum(dot(dw, dw))")
    mean = proof.assume("mean", "dot(dm, dm) = sum(s*dot(dw, dm))")
    return proof.qed(proof.state("rest + N*S >= rest + dot(dm, dm)", {
        size: "N", norm: "i*dot(dm, dm)", mean: "-2*N*i",
        inverse: "dot(dm, dm) - N*sum(dot(dw, dw))"}, [term(positive, square="N*dw - s*dm")]))


def shares_below_one() -> dict[str, Any]:
    # (34b), second inequality: shares between 0 and 1.
    proof = Proof("s N rest S", indexed="s")
    one = proof.assume("one", "sum(s) = 1")
    above = proof.assume("above", "s > 0")
    below = proof.assume("below", "1 > s")
    norm = proof.assume("norm", "N = sum(s**2)")
    size = proof.assume("size", "S >= 0")
    small = proof.state("1 - N >= 0", {norm: "-1", one: "-1"}, [term(above, below)])
    return proof.qed(proof.state("rest + S >= rest + N*S", {}, [term(small, size)]))


def radius_of_comparison() -> dict[str, Any]:
    # C_1: x, y are the squared lengths of the moves of all output and of all input weights.
    proof = Proof("n x y X Y")
    several = proof.assume("several", "n >= 1")
    outer = proof.assume("output weights", "n*x >= X")
    inner = proof.assume("input weights", "y >= Y")
    size = proof.assume("size", "y >= 0")
    return proof.qed(proof.state("n*(x + y) >= X + Y", {}, [term(outer), term(inner), term(several, size)]))


def equal_changes() -> dict[str, Any]:
    # (34a) and C_1 cannot be improved: output weights of the daughters that change alike.
    proof = Proof("du c V S", indexed="du")
    alike = proof.assume("alike", "du = c")
    total = proof.assume("total", "V = sum(du)")
    size = proof.assume("size", "S = sum(du**2)")
    return proof.qed(proof.state("V**2 = sum(1)*S", {
        total: "V + sum(du)", size: "-sum(1)", alike: "sum(du) - sum(1)*(du + c) + sum(1)*c"}))


def outputs() -> dict[str, Any]:
    # (35)-(37), (47), at one sample: other, Other are what the other neurons add before and after.
    proof = Proof("lam u U z S v V s t other Other f0 f F0 F E A B", indexed="lam u U z S A")
    one = proof.assume("one", "sum(lam) = 1")
    output = proof.assume("output", "u = lam*v")
    hidden = proof.assume("hidden", "z = s")
    narrow = proof.assume("narrow before", "f0 = other + v*s")
    narrow_after = proof.assume("narrow after", "f = Other + V*t")
    wide = proof.assume("wide before", "F0 = other + sum(u*z)")
    wide_after = proof.assume("wide after", "F = Other + sum(U*S)")
    change = proof.assume("change of a daughter", "A = U*S - u*z")
    parent = proof.assume("change of the parent", "B = V*t - v*s")
    error = proof.assume("error", "E = sum(A) - B")
    return proof.qed(
        proof.state("F - F0 = (Other - other) + sum(A)", {wide: "-1", wide_after: "1", change: "-1"}),
        proof.state("F - F0 = f - f0 + E", {
            wide: "-1", wide_after: "1", narrow: "1", narrow_after: "-1", error: "-1", change: "-1",
            parent: "1"}),
        proof.state("E = sum(U*S) - V*t", {
            error: "1", change: "1", parent: "-1", output: "-z", hidden: "-lam*v", one: "-v*s"}))


def losses() -> dict[str, Any]:
    # (38), (46): e is the residual at theta, which is that at the narrow point.
    proof = Proof("e Y E l k L", indexed="e Y E")
    before = proof.assume("before", "l = sum(e**2)/2")
    narrow = proof.assume("narrow after", "k = sum((e + Y)**2)/2")
    wide = proof.assume("wide after", "L = sum((e + Y + E)**2)/2")
    return proof.qed(
        proof.state("L - l = sum((Y + E)**2)/2 + sum(e*(Y + E))", {wide: "1", before: "-1"}),
        proof.state("L - l = sum((Y + E)**2)/2 + sum(e*Y) + sum(e*E)", {wide: "1", before: "-1"}),
        proof.state("k - l = sum(Y**2)/2 + sum(e*Y)", {narrow: "1", before: "-1"}))


def positive_definite_chain() -> dict[str, Any]:
    # (41): mu = lambda_min(H_r), eps = mu/4; P = |Y + E|**2, Q = |Y|**2, g = <e, Y>, c = <e, E>.
    proof = Proof("lam mu eps P Q g c S l k L", vectors="a", indexed="lam a")
    weights = proof.assume("weights", "lam > 0")
    least = proof.assume("definite", "mu > 0")
    spread = proof.assume("spread", "S = sum(lam*dot(a, a))")
    half = proof.assume("eps", "eps = mu/4")
    first = proof.assume("40a", "P >= Q - eps*S")
    second = proof.assume("40b", "c >= mu*S/4")
    wide = proof.assume("wide", "L - l = P/2 + g + c")
    narrow = proof.assume("narrow", "k - l = Q/2 + g")
    minimum = proof.assume("minimum", "k >= l")
    size = proof.state("S >= 0", {spread: "1"}, [term(weights, square="a")])
    eighth = proof.state("L - l >= Q/2 + g + mu*S/8", {wide: "1", half: "-S/2"}, [
        term(first, coefficient="1/2"), term(second)])
    drop = proof.state("Q/2 + g + mu*S/8 >= Q/2 + g", {}, [term(least, size, coefficient="1/8")])
    above = proof.state("L - l >= k - l", {narrow: "-1"}, [term(eighth), term(drop)])
    return proof.qed(eighth, drop, above, proof.state("L - l >= 0", {}, [term(above), term(minimum)]))


def order_of_the_daughters() -> dict[str, Any]:
    # Section 6.1.2: two daughters that change places; r is what the other daughters add.
    proof = Proof("u U s S rest F G x X y Y")
    one = proof.assume("one", "F = rest + u*s + U*S")
    two = proof.assume("two", "G = rest + U*S + u*s")
    here = proof.assume("here", "x = y")
    there = proof.assume("there", "X = Y")
    return proof.qed(proof.state("F = G", {one: "1", two: "-1"}),
                     proof.state("x + X = Y + y", {here: "1", there: "1"}))


def two_near_shares() -> dict[str, Any]:
    # (43): lambda_1 = -n, lambda_0 = 1 + n; the output weights move by v a and v b, |a|, |b| <= r.
    proof = Proof("n j r a b s t k")
    sign = proof.assume("sign", "n > 0")
    scale = proof.assume("scale", "j*(4*(2*n + 1)) = 1")
    positive = proof.assume("positive", "j > 0")
    size = proof.assume("radius", "r = n*j")
    up_a, down_a = proof.assume("up a", "r >= a"), proof.assume("down a", "r + a >= 0")
    up_b, down_b = proof.assume("up b", "r >= b"), proof.assume("down b", "r + b >= 0")
    first = proof.assume("first", "s*(1 + a + b) = 1 + n + a")
    second = proof.assume("second", "t*(1 + a + b) = b - n")
    inverse = proof.assume("inverse", "k*(1 + a + b) = 1")
    kept = proof.assume("kept", "k > 0")

    # The denominator: 1 - 2r = j(6n + 4).
    below = proof.state("1 + a + b > 0", {scale: "-1", size: "-2"}, [
        term(down_a), term(down_b), term(positive, coefficient="4"), term(positive, sign, coefficient="6")])
    radius = proof.state("r*(8*n + 4) = n", {size: "8*n + 4", scale: "n"})
    small = proof.state("r >= 0", {}, [term(up_a, coefficient="1/2"), term(down_a, coefficient="1/2")])

    # lambda'_1 - 2 lambda_1 and lambda_1/2 - lambda'_1, times 1 + a + b.
    low = proof.state("n + b*(1 + 2*n) + 2*n*a > 0", {radius: "-1/2"}, [
        term(sign, coefficient="1/2"), term(down_b), term(small),
        term(sign, down_b, coefficient="2"), term(sign, down_a, coefficient="2")])
    high = proof.state("n/2 - b*(1 + n/2) - a*n/2 > 0", {radius: "-1/4"}, [
        term(sign, coefficient="1/4"), term(sign, small), term(up_b),
        term(sign, up_b, coefficient="1/2"), term(sign, up_a, coefficient="1/2")])
    lower = proof.state("t > -(2*n)", {inverse: "-(t + 2*n)", second: "k"}, [term(kept, low)])
    upper = proof.state("-n/2 > t", {inverse: "t + n/2", second: "-k"}, [term(kept, high)])
    one = proof.state("s + t = 1", {inverse: "1 - s - t", first: "k", second: "k"})
    return proof.qed(
        below, one, lower, upper,
        proof.state("2*(1 + n) > s", {one: "-1"}, [term(coefficient="1"), term(lower)]),
        proof.state("s > (1 + n)/2", {one: "1"}, [term(coefficient="1/2"), term(upper)]))


def the_positive_share_is_the_largest() -> dict[str, Any]:
    # Before (45): s = lambda'_0, t = lambda'_1, b = |lambda'_1|.
    proof = Proof("s t b")
    one = proof.assume("one", "s + t = 1")
    negative = proof.assume("negative", "0 > t")
    size = proof.assume("size", "b = -t")
    return proof.qed(
        proof.state("s = 1 + b", {one: "1", size: "-1"}),
        proof.state("s > b", {one: "1", size: "-1"}, [term(coefficient="1")]),
        proof.state("s > 1", {one: "1"}, [term(negative)]))


def distance_after_two_shares() -> dict[str, Any]:
    # (45b): l = lambda_0; x, y: the squared moves of the other neurons' and of the daughters' input weights.
    proof = Proof("l s b N x y")
    large = proof.assume("large", "l > 1")
    above = proof.assume("above", "2*l > s")
    first = proof.assume("first", "s > b")
    size = proof.assume("size", "b >= 0")
    norm = proof.assume("norm", "N = s**2 + b**2")
    others = proof.assume("others", "x >= 0")
    own = proof.assume("own", "y >= 0")
    share = proof.state("s > 0", {}, [term(first), term(size)])
    room = proof.state("8*l**2 >= N", {norm: "-1"}, [
        term(above, above, coefficient="2"), term(above, share, coefficient="4"), term(first, first),
        term(first, size, coefficient="2")])
    return proof.qed(room, proof.state("8*l**2*(x + y) >= x + N*y", {}, [
        term(room, own), term(large, large, others, coefficient="8"), term(large, others, coefficient="16"),
        term(others, coefficient="7")]))


def radius_after_two_shares() -> dict[str, Any]:
    # C_2: x, y are the squared lengths of the moves of all output and of all input weights.
    proof = Proof("l x y X Y")
    large = proof.assume("large", "l > 1")
    outer = proof.assume("output weights", "2*x >= X")
    inner = proof.assume("input weights", "8*l**2*y >= Y")
    size = proof.assume("size", "x >= 0")
    return proof.qed(proof.state("8*l**2*(x + y) >= X + Y", {}, [
        term(outer), term(inner), term(large, large, size, coefficient="8"),
        term(large, size, coefficient="16"), term(size, coefficient="6")]))


def sign_of_the_error() -> dict[str, Any]:
    # (50), first line: sigma(t) = 1 + t + t**2/2, one neuron v = 1, w = 0, samples -1, 0, 1 with labels
    # 3/2, 0, 3/2: stationary, a strict local minimum, H_r = -1. Split with (2, -1), input weights moved by p
    # and q.
    proof = Proof("x y s s1 s2 S T R e Y E f F p q m a b c h l L", indexed="x y s s1 s2 S T R e Y E f F")
    for name, formula in {
        "value": "s = 1", "slope": "s1 = 1", "bend": "s2 = 1",
        "first daughter": "S = 1 + p*x + (p*x)**2/2", "second daughter": "T = 1 + q*x + (q*x)**2/2",
        "coefficients": "2 - 1 = 1", "mean": "m = 2*p - q", "narrow neuron": "R = 1 + m*x + (m*x)**2/2",
        "residual": "e = s - y", "output weight": "sum(e*s) = 0", "input weight": "sum(e*s1*x) = 0",
        "inner Hessian": "h = sum(e*s2*x**2)", "negative": "0 > h",
        "second derivatives": "a = sum(s**2)", "mixed": "b = sum(s*s1*x + e*s1*x)",
        "second in w": "c = sum((s1*x)**2) + h", "minimum": "a > 0", "minimum too": "a*c - b**2 > 0",
        "narrow": "f = R", "wide": "F = 2*S - T", "narrow change": "Y = f - s", "error": "E = F - f",
        "before": "l = sum((s - y)**2)/2", "after": "L = sum((F - y)**2)/2",
    }.items():
        proof.assume(name, formula)
    return proof.refuted({
        "x": ["-1", "0", "1"], "y": ["3/2", "0", "3/2"], "s": ["1", "1", "1"], "s1": ["1", "1", "1"],
        "s2": ["1", "1", "1"], "S": ["181/200", "1", "221/200"], "T": ["1", "1", "1"],
        "R": ["41/50", "1", "61/50"], "e": ["-1/2", "1", "-1/2"], "Y": ["-9/50", "0", "11/50"],
        "E": ["-1/100", "0", "-1/100"], "f": ["41/50", "1", "61/50"], "F": ["81/100", "1", "121/100"],
        "p": "1/10", "q": "0", "m": "1/5", "a": "3", "b": "0", "c": "1", "h": "-1", "l": "3/4",
        "L": "7801/10000"}, "L - l = sum((Y - E)**2)/2 + sum(e*Y) + sum(e*E)")


def sign_of_the_error_however_near() -> dict[str, Any]:
    # The same network, p = t, q = 0: W is the first line of (50) as printed.
    proof = Proof("x Y E e t l L W", indexed="x Y E e")
    third, fourth = proof.assume("odd", "sum(x**3) = 0"), proof.assume("even", "sum(x**4) = 2")
    narrow = proof.assume("narrow change", "Y = 2*t*x + 2*t**2*x**2")
    error = proof.assume("error", "E = -(t**2*x**2)")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + Y + E)**2)/2")
    printed = proof.assume("printed", "W = sum((Y - E)**2)/2 + sum(e*Y) + sum(e*E)")
    moved = proof.assume("moved", "t > 0")
    gap = proof.state("W - (L - l) = 8*t**4", {
        printed: "1", after: "-1", before: "1", narrow: "-2*E", error: "-2*(2*t*x + 2*t**2*x**2)",
        third: "4*t**3", fourth: "4*t**4"})
    return proof.qed(gap, proof.state("W > L - l", {gap: "1"}, [
        term(moved, moved, moved, moved, coefficient="8")]))


def negative_definite_chain() -> dict[str, Any]:
    # (50): mu = |lambda_max(H_r)|, eps = mu/8; P = |Y + E|**2, Q = |Y|**2, g = <e, Y>, c = <e, E>; the
    # spread is b0 |u0|**2 + b1 |u1|**2.
    proof = Proof("b0 b1 mu eps P Q g c S l k L", vectors="u0 u1")
    first_weight = proof.assume("first weight", "b0 > 0")
    second_weight = proof.assume("second weight", "b1 > 0")
    least = proof.assume("definite", "mu > 0")
    spread = proof.assume("spread", "S = b0*dot(u0, u0) + b1*dot(u1, u1)")
    half = proof.assume("eps", "eps = mu/8")
    first = proof.assume("49a", "P >= Q - eps*S")
    second = proof.assume("49b", "c >= mu*S/8")
    wide = proof.assume("wide", "L - l = P/2 + g + c")
    narrow = proof.assume("narrow", "k - l = Q/2 + g")
    minimum = proof.assume("minimum", "k >= l")
    size = proof.state("S >= 0", {spread: "1"}, [
        term(first_weight, square="u0"), term(second_weight, square="u1")])
    bound = proof.state("L - l >= Q/2 + g + mu*S/16", {wide: "1", half: "-S/2"}, [
        term(first, coefficient="1/2"), term(second)])
    drop = proof.state("Q/2 + g + mu*S/16 >= Q/2 + g", {}, [term(least, size, coefficient="1/16")])
    above = proof.state("L - l >= k - l", {narrow: "-1"}, [term(bound), term(drop)])
    return proof.qed(bound, drop, above, proof.state("L - l >= 0", {}, [term(above), term(minimum)]))


def two_splits() -> dict[str, Any]:
    # Step 2: lam are the negative coefficients, d marks one, l1; N is their sum, i = 1/N; f, F: the outputs
    # of the medium and of the wide network, which other neurons add `rest` to.
    proof = Proof("lam d l0 l1 N i mu u v s rest f F", indexed="lam d mu u")
    one = proof.assume("one", "l0 + N = 1")
    total = proof.assume("total", "N = sum(lam)")
    single = proof.assume("single", "sum(d) = 1")
    mark = proof.assume("mark", "d*d = d")
    value = proof.assume("value", "d*lam = d*l1")
    negative = proof.assume("negative", "0 > lam")
    marked = proof.assume("marked", "0 > l1")
    inverse = proof.assume("inverse", "N*i = 1")
    below = proof.assume("inverse sign", "0 > i")
    second = proof.assume("second split", "mu = lam*i")
    output = proof.assume("output weights", "u = mu*(N*v)")
    medium = proof.assume("medium", "f = rest + l0*v*s + N*v*s")
    wide = proof.assume("wide", "F = rest + l0*v*s + sum(u*s)")
    sign = proof.state("0 > N", {total: "-1", value: "-1", mark: "lam", single: "-l1"}, [
        term(marked), term(negative, square="1 - d")])
    whole = proof.state("sum(mu) = 1", {second: "1", total: "-i", inverse: "1"})
    return proof.qed(
        sign, proof.state("l0 > 1", {one: "1"}, [term(sign)]), whole,
        proof.state("mu > 0", {second: "1"}, [term(negative, below)]),
        proof.state("u = lam*v", {output: "1", second: "N*v", inverse: "lam*v"}),
        proof.state("F = f", {wide: "1", medium: "-1", output: "s", whole: "N*v*s"}))


def medium_inner_hessian() -> dict[str, Any]:
    # (52): E, S, V belong to the last neuron of the medium network.
    proof = Proof("e E s S v V N q h H", indexed="e E s S q")
    residual = proof.assume("residual", "E = e")
    bend = proof.assume("bend", "S = s")
    output = proof.assume("output weight", "V = N*v")
    narrow = proof.assume("narrow", "h = v*sum(e*s*q**2)")
    medium = proof.assume("medium", "H = V*sum(E*S*q**2)")
    total = proof.assume("total", "0 > N")
    negative = proof.assume("negative", "0 > h")
    product = proof.state("H = N*h", {
        medium: "1", residual: "V*S*q**2", bend: "V*e*q**2", output: "sum(e*s*q**2)", narrow: "-N"})
    return proof.qed(product, proof.state("H > 0", {product: "1"}, [term(total, negative)]))


def which_conclusion() -> dict[str, Any]:
    # End of step 2: the network of (50), split with (3, -1, -1): the inner Hessian H of the medium network
    # is not negative definite, and no coefficient of the second split is negative.
    proof = Proof("x y s s1 s2 e h H N p q", indexed="x y s s1 s2 e")
    for name, formula in {
        "value": "s = 1", "slope": "s1 = 1", "bend": "s2 = 1", "residual": "e = s - y",
        "output weight": "sum(e*s) = 0", "input weight": "sum(e*s1*x) = 0",
        "inner Hessian": "h = sum(e*s2*x**2)", "negative": "0 > h", "others": "N = -1 - 1",
        "one": "3 + N = 1", "medium": "H = N*sum(e*s2*x**2)", "first": "p*N = -1", "second": "q*N = -1",
    }.items():
        proof.assume(name, formula)
    ones, e = ["1", "1", "1"], ["-1/2", "1", "-1/2"]
    return proof.refuted({
        "x": ["-1", "0", "1"], "y": ["3/2", "0", "3/2"], "s": ones, "s1": ones, "s2": ones, "e": e,
        "h": "-1", "H": "2", "N": "-2", "p": "1/2", "q": "1/2"}, "0 > H", "0 > p", "0 > q")


def one_is_not_positive() -> dict[str, Any]:
    # Lambda_+ and Lambda_PD exclude each other: the marked entry is <= 0 and > 0; i = 1/lam.
    proof = Proof("lam d i l0", indexed="lam d i")
    single, mark = proof.assume("single", "sum(d) = 1"), proof.assume("mark", "d*d = d")
    value = proof.assume("value", "d*lam = d*l0")
    inverse, positive = proof.assume("inverse", "lam*i = 1"), proof.assume("positive", "i > 0")
    other = proof.assume("not positive", "0 >= l0")
    return proof.qed(proof.state("0 >= 1", {single: "1", inverse: "d", value: "-i", mark: "l0*i"}, [
        term(other, positive, square="d")]))


def one_is_positive() -> dict[str, Any]:
    # Coefficients with sum 1 are not all <= 0.
    proof = Proof("lam", indexed="lam")
    one, other = proof.assume("one", "sum(lam) = 1"), proof.assume("not positive", "0 >= lam")
    return proof.qed(proof.state("0 >= 1", {one: "1"}, [term(other)]))


def two_are_not_negative() -> dict[str, Any]:
    # Lambda_- and Lambda_ND exclude each other: of two entries >= 0 one, D, is not the positive one, d, and
    # < 0; l is the entry at d; where d is 0, i is 1/(-lam).
    proof = Proof("lam d D i l l1", indexed="lam d D i")
    single, mark = proof.assume("single", "sum(D) = 1"), proof.assume("mark", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    value = proof.assume("value", "D*lam = D*l1")
    inverse = proof.assume("inverse", "(d*(l + 1) - lam)*i = 1")
    positive = proof.assume("others negative", "i > 0")
    other = proof.assume("not negative", "l1 >= 0")
    return proof.qed(proof.state("0 >= 1", {
        single: "1", inverse: "D", apart: "-(l + 1)*i", value: "i", mark: "-l1*i"}, [
        term(other, positive, square="D")]))


def two_of_all_positive() -> dict[str, Any]:
    # Lambda = Lambda_+ u Lambda_-: where no entry is <= 0, any two are >= 0.
    proof = Proof("lam d D l0 l1", indexed="lam d D")
    positive = proof.assume("positive", "lam > 0")
    first, second = proof.assume("first", "sum(d) = 1"), proof.assume("second", "sum(D) = 1")
    mark, other = proof.assume("mark", "d*d = d"), proof.assume("other mark", "D*D = D")
    value, rest = proof.assume("value", "d*lam = d*l0"), proof.assume("other value", "D*lam = D*l1")
    apart = proof.assume("apart", "d*D = 0")
    return proof.qed(
        proof.state("l0 >= 0", {first: "-l0", value: "-1", mark: "-lam"}, [term(positive, square="d")]),
        proof.state("l1 >= 0", {second: "-l1", rest: "-1", other: "-lam"}, [term(positive, square="D")]),
        proof.state("sum(1) >= 2", {first: "1", second: "1", mark: "-1", other: "-1", apart: "-2"}, [
            term(square="1 - d - D")]))


def one_daughter() -> dict[str, Any]:
    # m = r: the only entry is 1, and there are no two.
    proof = Proof("lam", indexed="lam")
    proof.assume("one", "sum(lam) = 1")
    return proof.refuted({"lam": ["1"]}, "0 >= sum(lam)", "sum(1) >= 2")


def weights_for_perturbations() -> dict[str, Any]:
    # theta' = theta, two daughters: nothing moves, but the daughters have weights. D, P: what the parent's
    # weights move by.
    proof = Proof("lam dv dw u w v D P", indexed="lam dv dw u w")
    for name, formula in {
        "one": "sum(lam) = 1", "still": "dv = 0", "still too": "dw = 0", "daughters": "u = lam*v",
        "output weight": "D = sum(dv)", "hidden weight": "P = sum(lam*dw)", "(8b)": "w = 1"}.items():
        proof.assume(name, formula)
    return proof.refuted({
        "lam": ["1/2", "1/2"], "dv": ["0", "0"], "dw": ["0", "0"], "u": ["1/2", "1/2"], "w": ["1", "1"],
        "v": "1", "D": "0", "P": "0"}, "D = sum(u)", "P = sum(lam*w)")


def positive_definite_plateau() -> dict[str, Any]:
    # The network of section 5.3: H_r = 2, the full Hessian is diag(2, 2).
    return plateau(Network.from_arrays("1 + t**2", X=[["1"], ["0"]], y=["0", "-2"], v=["-1"], W=[["0"]]),
                   full=["3/4", "3/4"], inner=["3/4"], signs=[1])


def negative_definite_plateau() -> dict[str, Any]:
    # The network of (50): H_r = -1, the full Hessian is diag(3, 1).
    return plateau(Network.from_arrays(
        "1 + t + t**2/2", X=[["-1"], ["0"], ["1"]], y=["3/2", "0", "3/2"], v=["1"], W=[["0"]]),
        full=["1/2", "1"], inner=["1"], signs=[-1])


def indefinite_plateau() -> dict[str, Any]:
    # Residuals 1/2 at the ends of one axis, -1/2 at those of the other: H_r = diag(1, -1), the full Hessian
    # is diag(5, 3, 1).
    return plateau(Network.from_arrays(
        "1 + t + t**2/2", X=[["1", "0"], ["-1", "0"], ["0", "1"], ["0", "-1"], ["0", "0"]],
        y=["1/2", "1/2", "3/2", "3/2", "1"], v=["1"], W=[["0", "0"]]),
        full=["1/2", "1/2", "1"], inner=["1", "1"], signs=[1, -1])


def plateau(network: Network, full: list[str], inner: list[str], signs: list[int]) -> dict[str, Any]:
    """A strict minimum and its plateau of three daughters; full, inner: what scales the axes for the
    Hessians."""
    argument = Argument(network)
    minimum = argument.step("inertia", argument.step("stationary point"), basis=diagonal(full),
                            signs=[1] * len(full), null=[])
    found = argument.step("inertia", minimum, neuron=0, basis=diagonal(inner), signs=signs, null=[])
    return argument.certificate(argument.step("plateau map", found, neuron=0, daughters=3))


def diagonal(entries: list[str]) -> list[list[str]]:
    return [[x if i == j else "0" for j in range(len(entries))] for i, x in enumerate(entries)]


PROOFS = {
    "regions not empty": regions_not_empty,
    "second order remainder": second_order_remainder,
    "slow infinitesimal": slow_infinitesimal,
    "change of one neuron": change_of_one_neuron,
    "slope in an output weight": slope_in_an_output_weight,
    "slope in input weights": slope_in_input_weights,
    "without the output weight": without_the_output_weight,
    "curvature alone is left": curvature_alone_is_left,
    "vanishing output weight": vanishing_output_weight,
    "coefficients below one": coefficients_below_one,
    "output weights keep their sign": output_weights_keep_their_sign,
    "denominator": denominator,
    "shares keep their sign": shares_keep_their_sign,
    "shares are near": shares_are_near,
    "point of comparison": point_of_comparison,
    "distance in output weights": distance_in_output_weights,
    "mean of the moves": mean_of_the_moves,
    "shares below one": shares_below_one,
    "radius of comparison": radius_of_comparison,
    "equal changes": equal_changes,
    "outputs": outputs,
    "losses": losses,
    "positive definite chain": positive_definite_chain,
    "order of the daughters": order_of_the_daughters,
    "two near shares": two_near_shares,
    "the positive share is the largest": the_positive_share_is_the_largest,
    "distance after two shares": distance_after_two_shares,
    "radius after two shares": radius_after_two_shares,
    "sign of the error": sign_of_the_error,
    "sign of the error however near": sign_of_the_error_however_near,
    "negative definite chain": negative_definite_chain,
    "two splits": two_splits,
    "medium inner Hessian": medium_inner_hessian,
    "which conclusion": which_conclusion,
    "one is not positive": one_is_not_positive,
    "one is positive": one_is_positive,
    "two are not negative": two_are_not_negative,
    "two of all positive": two_of_all_positive,
    "one daughter": one_daughter,
    "weights for perturbations": weights_for_perturbations,
    "positive definite plateau": positive_definite_plateau,
    "negative definite plateau": negative_definite_plateau,
    "indefinite plateau": indefinite_plateau,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
