"""Two inputs, two outputs: the saddles that the training passes, and the local minimum at its end.

Source: paper B, appendix I.0.2, Figures 12 to 14, (19); the inputs are x1 = (-3/10, 1/2), x2 = (1, 1),
    x3 = (-3/5, -1), x4 = (2/5, -2/5), the targets (3/5, -1/2), (1/2, -1), (-2/5, 3/5), (4/5, 1/5).
Writing: ekj: residual of output j at sample k; fkj: the output; r: 1/sqrt(1856/625); L: loss; e, s, x:
    residual, slope of the leg, sample; t: a direction; g: its slope; w1, w2: input weights; a, A, c, C:
    sizes of two aligned neurons c w, C w with output weights a H, A H; z, d: products with w and with v.
Scope: the data of the experiment; any number of ReLU neurons.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-i.2"
E = {"e11": "26/125*r - 3/10", "e21": "16/25*r - 1/4", "e12": "1/4 - 16/25*r", "e22": "1/2 - 18/25*r"}
F = {"f11": "26/125*r + 3/10", "f21": "16/25*r + 1/4", "f12": "-1/4 - 16/25*r", "f22": "-1/2 - 18/25*r"}


def origin() -> dict[str, Any]:
    # At the origin, where all outputs are 0, the residuals are -y_k.
    proof = Proof("L")
    loss = proof.assume("loss", "L = ((3/5)**2 + (1/2)**2 + (1/2)**2 + 1**2 + (2/5)**2 + (3/5)**2 + (4/5)**2"
                        " + (1/5)**2)/2")
    return proof.qed(proof.state("L = 153/100", {loss: "1"}))


def third_saddle() -> dict[str, Any]:
    # One effective neuron sees samples 1 and 2: its outputs are the nearest matrix of rank one to theirs.
    proof = Proof("r e11 e12 e21 e22 f11 f12 f21 f22 L")
    root = proof.assume("root", "r**2 = 625/1856")
    low = proof.assume("low", "r >= 5802/10000")
    high = proof.assume("high", "5804/10000 >= r")
    e = {name: proof.assume(f"residual {name[1:]}", f"{name} = {value}") for name, value in E.items()}
    f = {name: proof.assume(f"output {name[1:]}", f"{name} = {value}") for name, value in F.items()}
    loss = proof.assume("loss", "L = (e11**2 + e12**2 + e21**2 + e22**2 + (4/5)**2 + (1/5)**2)/2")

    def vanishes(one: str, two: str, three: str, four: str, factor: str) -> str:
        return proof.state(f"{one}*{two} + {three}*{four} = 0", {
            e[one]: two, f[two]: E[one], e[three]: four, f[four]: E[three], root: factor})

    # The residuals are orthogonal to the outputs, summed over the samples and over the outputs.
    stationary = [
        vanishes("e11", "f11", "e21", "f21", "7076/15625"),
        vanishes("e11", "f12", "e21", "f22", "-1856/3125"),
        vanishes("e12", "f11", "e22", "f21", "-1856/3125"),
        vanishes("e12", "f12", "e22", "f22", "116/125"),
        vanishes("e11", "f11", "e12", "f12", "7076/15625"), vanishes("e11", "f21", "e12", "f22", "1856/3125"),
        vanishes("e21", "f11", "e22", "f12", "1856/3125"), vanishes("e21", "f21", "e22", "f22", "116/125")]
    return proof.qed(
        *stationary,
        proof.state("f11*f22 = f12*f21", {
            f["f11"]: "f22", f["f22"]: F["f11"], f["f12"]: "-f21", f["f21"]: "1/4 + 16/25*r",
            root: "812/3125"}),
        proof.state("L = 161/200 - 464/625*r", {
            loss: "1", root: "10788/15625",
            **{hypothesis: f"({name} + {E[name]})/2" for name, hypothesis in e.items()}}),
        proof.state("-179/1000 >= e11", {e["e11"]: "-1"}, [
            term(high, coefficient="26/125"), term(coefficient="173/625000")]),
        proof.state("e21 >= 121/1000", {e["e21"]: "1"}, [
            term(low, coefficient="16/25"), term(coefficient="41/125000")]),
        proof.state("-121/1000 >= e12", {e["e12"]: "-1"}, [
            term(low, coefficient="16/25"), term(coefficient="41/125000")]),
        proof.state("e22 >= 82/1000", {e["e22"]: "1"}, [
            term(high, coefficient="18/25"), term(coefficient="7/62500")]))


def splitting() -> dict[str, Any]:
    # Two aligned neurons turn by t v and -t v, and one output weight of each moves to compensate: what is
    # of first order cancels, and u t d is left, of either sign. e: residuals of that output (n entries).
    proof = Proof("a A c C H z d t u N m g l L", vectors="e D", indexed="z d N")
    output = proof.assume("output", "N = (a*H + C*u)*(c*z + A*t*d) + (A*H - c*u)*(C*z - a*t*d)")
    size = proof.assume("move", "m = (a*c + A*C)*u*t")
    slope = proof.assume("slope", "g = dot(e, D)")
    before = proof.assume("before", "l = dot(e, e)/2")
    after = proof.assume("after", "L = dot(e + m*D, e + m*D)/2")
    small = proof.assume("small", "-2*m*g > m**2*dot(D, D)")
    return proof.qed(
        proof.state("N = (a*c + A*C)*H*z + m*d", {output: "1", size: "-d"}),
        proof.state("l > L", {before: "1", after: "-1", slope: "m"}, [term(small, coefficient="1/2")]))


def turned_away() -> dict[str, Any]:
    # Angles between pi/4 and 5 pi/4 are those of w2 > w1: the fourth sample is on the leg of slope 0.
    proof = Proof("w1 w2 m")
    product = proof.assume("product", "m = 2/5*w1 - 2/5*w2")
    angle = proof.assume("angle", "w2 > w1")
    return proof.qed(proof.state("-m > 0", {product: "-1"}, [term(angle, coefficient="2/5")]))


def fitted() -> dict[str, Any]:
    # (19): at each sample the residual or the slope is 0, so d^v_ji is orthogonal to every u.
    proof = Proof("e s L", vectors="x d u", indexed="e s x")
    either = proof.assume("fitted or off", "e*s = 0")
    slope = proof.assume("slope", "dot(d, u) = sum(e*s*dot(x, u))")
    loss = proof.assume("loss", "L = ((4/5)**2 + (1/5)**2)/2")
    return proof.qed(proof.state("dot(d, u) = 0", {slope: "1", either: "dot(x, u)"}),
                     proof.state("L = 17/50", {loss: "1"}))


def end() -> dict[str, Any]:
    # Such networks exist: three neurons, none of which sees the fourth sample. None is on a kink.
    proof = Proof("z1 z2 z3 h1 h2 h3 H1 H2 H3 y Y e E L", vectors="x w1 w2 w3",
                  indexed="z1 z2 z3 y Y e E x")
    for k in "123":
        proof.assume(f"neuron {k}, not negative", f"z{k} >= 0")
        proof.assume(f"neuron {k}, at least", f"z{k} >= dot(w{k}, x)")
        proof.assume(f"neuron {k}, one of both", f"z{k}*(z{k} - dot(w{k}, x)) = 0")
        proof.assume(f"neuron {k}, no kink", f"dot(w{k}, x)**2 > 0")
    proof.assume("first residual", "e = h1*z1 + h2*z2 + h3*z3 - y")
    proof.assume("second residual", "E = H1*z1 + H2*z2 + H3*z3 - Y")
    proof.assume("loss", "L = sum(e**2 + E**2)/2")
    return proof.refuted({
        "z1": ["19/10", "0", "0", "0"], "z2": ["7/10", "3", "0", "0"], "z3": ["0", "0", "19/5", "0"],
        "h1": "29/114", "h2": "1/6", "h3": "-2/19", "H1": "-8/57", "H2": "-1/3", "H3": "3/19",
        "y": ["3/5", "1/2", "-2/5", "4/5"], "Y": ["-1/2", "-1", "3/5", "1/5"],
        "e": ["0", "0", "0", "-4/5"], "E": ["0", "0", "0", "-1/5"], "L": "17/50",
        "x": [["-3/10", "1/2"], ["1", "1"], ["-3/5", "-1"], ["2/5", "-2/5"]],
        "w1": ["-3", "2"], "w2": ["1", "2"], "w3": ["-3", "-2"]}, "L > 17/50", "17/50 > L")


def prove() -> list[dict[str, Any]]:
    return [origin(), third_saddle(), splitting(), turned_away(), fitted(), end()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
