"""A stationary point of a ReLU network from which every straight line rises, and yet a curve falls.

Two outputs, two neurons A and B, four samples, no kink. Near P the loss on a line P + s D changes by a
polynomial q s^2 + c s^3 + k s^4. With y and Y, the coefficients of s and s^2 of the outputs, q = |y|^2/2 +
<e, Y>, c = <y, Y>, k = |Y|^2/2. q is a sum of squares, and where it is 0, c is 0 and k positive: every line
rises. But a line may be bent: weights that move by s^2 besides lower the term of order 4 by more than k.

Source: own; the remark before Corollary 4.4 of paper B, and its appendix F.2.1.
Writing: a, b, p, t: what D adds to both output weights, the radial and the tangential input weight, of A and
    of B; s: time on a line, or on the curve; f11..f42: outputs after the move (sample, output); y11.., Y11..:
    their coefficients of s and s^2; q, c, k: as above; l, L: losses before and after.
Scope: one network; all lines.
"""

from typing import Any

from symplateau.kernel.format import FORMAT, seal
from symplateau.proof import Proof, term

CLAIM = "S/relu-curve"
PLACES = ("11", "12", "21", "22", "31", "32", "41", "42")  # sample, output
LABELS = dict(zip(PLACES, (8, -8, 4, 4, 8, 8, 4, -4), strict=True))
RESIDUALS = dict(zip(PLACES, (0, 8, 0, -4, 0, -8, 0, 4), strict=True))
# The outputs on the curve; at P + s D; and there the coefficients of s and of s**2.
CURVE = {
    "11": "(1 + 5*s)*(5 + 3*(s - 6*s**2)) + (1 - 5*s)*(5*(-s - 6*s**2) + 3)",
    "12": "-s*(5 + 3*(s - 6*s**2)) - s*(5*(-s - 6*s**2) + 3)",
    "21": "(1 + 5*s)*(4 - 24*(s - 6*s**2))",
    "22": "-s*(4 - 24*(s - 6*s**2))",
    "31": "(1 + 5*s)*(3 + 5*(s - 6*s**2)) + (1 - 5*s)*(3*(-s - 6*s**2) + 5)",
    "32": "-s*(3 + 5*(s - 6*s**2)) - s*(3*(-s - 6*s**2) + 5)",
    "41": "(1 - 5*s)*(-24*(-s - 6*s**2) + 4)",
    "42": "-s*(-24*(-s - 6*s**2) + 4)"}
LINE = {
    "11": "(1 + s*aA)*(5*(1 + s*pA) + 3*s*tA) + (1 + s*aB)*(5*s*tB + 3*(1 + s*pB))",
    "12": "s*bA*(5*(1 + s*pA) + 3*s*tA) + s*bB*(5*s*tB + 3*(1 + s*pB))",
    "21": "(1 + s*aA)*(4*(1 + s*pA) - 24*s*tA)",
    "22": "s*bA*(4*(1 + s*pA) - 24*s*tA)",
    "31": "(1 + s*aA)*(3*(1 + s*pA) + 5*s*tA) + (1 + s*aB)*(3*s*tB + 5*(1 + s*pB))",
    "32": "s*bA*(3*(1 + s*pA) + 5*s*tA) + s*bB*(3*s*tB + 5*(1 + s*pB))",
    "41": "(1 + s*aB)*(-24*s*tB + 4*(1 + s*pB))",
    "42": "s*bB*(-24*s*tB + 4*(1 + s*pB))"}
FIRST = {
    "11": "5*(aA + pA) + 3*tA + 3*(aB + pB) + 5*tB", "12": "5*bA + 3*bB",
    "21": "4*(aA + pA) - 24*tA", "22": "4*bA",
    "31": "3*(aA + pA) + 5*tA + 5*(aB + pB) + 3*tB", "32": "3*bA + 5*bB",
    "41": "4*(aB + pB) - 24*tB", "42": "4*bB"}
SECOND = {
    "11": "aA*(5*pA + 3*tA) + aB*(5*tB + 3*pB)", "12": "bA*(5*pA + 3*tA) + bB*(5*tB + 3*pB)",
    "21": "aA*(4*pA - 24*tA)", "22": "bA*(4*pA - 24*tA)",
    "31": "aA*(3*pA + 5*tA) + aB*(3*tB + 5*pB)", "32": "bA*(3*pA + 5*tA) + bB*(3*tB + 5*pB)",
    "41": "aB*(-24*tB + 4*pB)", "42": "bB*(-24*tB + 4*pB)"}
FORM = ("20*(aA + pA + aB + pB - 2/5*(tA + tB))**2 + 5*(bA - bB + 4*(tA + tB))**2 + 384/5*(tA + tB)**2"
        " + 5*(aA + pA - aB - pB - 5*(tA - tB))**2 + 20*(bA + bB + tA - tB)**2")
# What is left of y and Y on a null line.
NULL_FIRST = dict(zip(PLACES, ("8*tA", "-8*tA", "-4*tA", "-4*tA", "-8*tA", "-8*tA", "4*tA", "-4*tA"),
                      strict=True))
NULL_SECOND = {
    "11": "(5*tA - pA)*(5*pA + 3*tA) - (5*tA + pB)*(3*pB - 5*tA)", "12": "-tA*(5*pA + 3*pB - 2*tA)",
    "21": "(5*tA - pA)*(4*pA - 24*tA)", "22": "-tA*(4*pA - 24*tA)",
    "31": "(5*tA - pA)*(3*pA + 5*tA) - (5*tA + pB)*(5*pB - 3*tA)", "32": "-tA*(3*pA + 5*pB + 2*tA)",
    "41": "-(5*tA + pB)*(24*tA + 4*pB)", "42": "-tA*(24*tA + 4*pB)"}
# By sample: the input weights in both pre-activations, radial and tangential, and that of tB.
FACTORS = {"1": ("5*{} + 3*{}", "3*{} + 5*{}", "5"), "2": ("4*{} - 24*{}", "0", "0"),
           "3": ("3*{} + 5*{}", "5*{} + 3*{}", "3"), "4": ("0", "4*{} - 24*{}", "-24")}
# 40 (tA**2 + pA**2 + pB**2) is this combination of the Y; the squares of its factors add up to 258730.
SHARES = dict(zip(PLACES, (0, -292, -10, 255, 0, 0, -10, 329), strict=True))
MOVES = "aA bA pA tA aB bB pB tB"


def added(form: str) -> str:
    """The sum over samples and outputs of a formula with # in their place."""
    return " + ".join(form.replace("#", place) for place in PLACES)


def names(letters: str) -> str:
    return " ".join(letter + place for letter in letters for place in PLACES)


def loss_after() -> str:
    errors = [f"(f{x} {'+' if y < 0 else '-'} {abs(y)})**2" for x, y in LABELS.items()]
    return f"L = ({' + '.join(errors)})/2"


def saddle() -> dict[str, Any]:
    # Stationary (no kink: nothing to share), both neurons escape, a curve falls, another rises.
    network = {
        "kind": "relu network", "X": [["5", "3"], ["4", "-24"], ["3", "5"], ["-24", "4"]],
        "Y": [["8", "-8"], ["4", "4"], ["8", "8"], ["4", "-4"]], "W": [["1", "0"], ["0", "1"]],
        "H": [["1", "1"], ["0", "0"]], "slopes": ["1", "0"]}
    return seal({"format": FORMAT, "problem": network, "steps": [
        {"rule": "stationary point", "shares": [[[]], [[]]]},
        {"rule": "escape neuron", "neuron": 0, "direction": ["0", "1"]},
        {"rule": "escape neuron", "neuron": 1, "direction": ["1", "0"]},
        {"rule": "path", "until": "1/16", "moves": [
            {"neuron": 0, "w": ["1", "t - 6*t**2"], "h": ["1 + 5*t", "-t"]},
            {"neuron": 1, "w": ["-t - 6*t**2", "1"], "h": ["1 - 5*t", "-t"]}]},
        {"rule": "path", "until": "1", "moves": [{"neuron": 0, "w": ["1", "0"], "h": ["1 + t", "0"]}]}]})


def curve() -> dict[str, Any]:
    # On the curve the outputs are polynomials, and so is the loss.
    proof = Proof(f"s {names('f')} L")
    using = {proof.assume(f"output {x}", f"f{x} = {CURVE[x]}"): f"(f{x} + {CURVE[x]})/2 - ({LABELS[x]})"
             for x in PLACES}
    loss = proof.assume("loss", loss_after())
    return proof.qed(proof.state("L = 80 - 3196*s**4 + 545040*s**6", using | {loss: "1"}))


def lines() -> dict[str, Any]:
    # On a line the outputs change by s y + s**2 Y.
    proof = Proof(f"{MOVES} s {names('fyY')} q c k l L")
    output = {x: proof.assume(f"output {x}", f"f{x} = {LINE[x]}") for x in PLACES}
    first = {x: proof.assume(f"first {x}", f"y{x} = {FIRST[x]}") for x in PLACES}
    second = {x: proof.assume(f"second {x}", f"Y{x} = {SECOND[x]}") for x in PLACES}
    q = proof.assume("order 2", f"q = ({added('y#**2')})/2 + 8*Y12 - 4*Y22 - 8*Y32 + 4*Y42")
    c = proof.assume("order 3", f"c = {added('y#*Y#')}")
    k = proof.assume("order 4", f"k = ({added('Y#**2')})/2")
    before, after = proof.assume("before", "l = 80"), proof.assume("after", loss_after())
    using = {after: "1", before: "-1", q: "-s**2", c: "-s**3", k: "-s**4"}
    for x in PLACES:
        start = LABELS[x] + RESIDUALS[x]
        change = proof.state(f"f{x} = {start} + s*y{x} + s**2*Y{x}", {
            output[x]: "1", first[x]: "-s", second[x]: "-s**2"})
        using[change] = f"(f{x} + {start} + s*y{x} + s**2*Y{x})/2 - ({LABELS[x]})"
        # <e, y> = 0, as P is stationary.
        using[first[x]] = f"({RESIDUALS[x]})*s"
    change = proof.state("L - l = q*s**2 + c*s**3 + k*s**4", using)

    # Completing squares, one variable after the other.
    squares = {first[x]: f"(y{x} + {FIRST[x]})/2" for x in PLACES}
    form = proof.state(f"q = {FORM}", {q: "1"} | squares | {
        second[x]: str(RESIDUALS[x]) for x in PLACES if RESIDUALS[x]})
    return proof.qed(change, form, proof.state("k >= 0", {k: "1"}, [
        term(coefficient="1/2", square=f"Y{x}") for x in PLACES]))


def steep_lines() -> dict[str, Any]:
    # Where q > 0 the terms of order 2 outweigh those of order 3 near P, and those of order 4 only help.
    proof = Proof("s q c k l L")
    change = proof.assume("change", "L - l = q*s**2 + c*s**3 + k*s**4")
    squares = proof.assume("squares", "k >= 0")
    moved = proof.assume("moved", "s**2 > 0")
    near = proof.assume("near", "q + c*s > 0")
    return proof.qed(proof.state("L > l", {change: "1"}, [term(moved, near), term(squares, square="s**2")]))


def null_lines() -> dict[str, Any]:
    # Where q = 0 all its squares vanish.
    proof = Proof(f"{MOVES} {names('yY')} c k")
    t = proof.assume("null 1", "tA + tB = 0")
    a = proof.assume("null 2", "aA + pA + aB + pB - 2/5*(tA + tB) = 0")
    b = proof.assume("null 3", "bA - bB + 4*(tA + tB) = 0")
    a_apart = proof.assume("null 4", "aA + pA - aB - pB - 5*(tA - tB) = 0")
    b_both = proof.assume("null 5", "bA + bB + tA - tB = 0")
    first = {x: proof.assume(f"first {x}", f"y{x} = {FIRST[x]}") for x in PLACES}
    second = {x: proof.assume(f"second {x}", f"Y{x} = {SECOND[x]}") for x in PLACES}
    c = proof.assume("order 3", f"c = {added('y#*Y#')}")
    k = proof.assume("order 4", f"k = ({added('Y#**2')})/2")
    moved = proof.assume("not zero", "tA**2 + pA**2 + pB**2 > 0")

    # What is left are tA and the scalings pA, pB.
    tB = proof.state("tB = -tA", {t: "1"})
    bA = proof.state("bA = -tA", {b: "1/2", b_both: "1/2", t: "-3/2"})
    bB = proof.state("bB = -tA", {b: "-1/2", b_both: "1/2", t: "5/2"})
    aA = proof.state("aA = 5*tA - pA", {a: "1/2", a_apart: "1/2", t: "-23/10"})
    aB = proof.state("aB = -5*tA - pB", {a: "1/2", a_apart: "-1/2", t: "27/10"})
    for x in PLACES:
        own, other, slope = FACTORS[x[0]]
        A, B, end = (aA, aB, "(-5*tA - pB)") if x[1] == "1" else (bA, bB, "(-tA)")
        rates = [rate.format("1", "0") for rate in (own, other)]
        first[x] = proof.state(f"y{x} = {NULL_FIRST[x]}", {
            first[x]: "1", A: rates[0], B: rates[1], tB: slope if x[1] == "1" else "0"})
        second[x] = proof.state(f"Y{x} = {NULL_SECOND[x]}", {
            second[x]: "1", A: own.format("pA", "tA"), B: other.format("pB", "tB"), tB: f"{slope}*{end}"})
    third = proof.state("c = 0", {c: "1"} | {first[x]: f"Y{x}" for x in PLACES} | {
        second[x]: NULL_FIRST[x] for x in PLACES})

    # N = tA**2 + pA**2 + pB**2 is a combination <w, Y>/40, so N**2 is at most |w|**2 |Y|**2/1600.
    N = "(tA**2 + pA**2 + pB**2)"
    size = proof.state(f"40*{N} = " + " + ".join(f"({share})*Y{x}" for x, share in SHARES.items()), {
        second[x]: str(-share) for x, share in SHARES.items()})
    fourth = proof.state("k > 0", {k: "1", size: f"-4/25873*{N}"}, [
        term(moved, moved, coefficient="80/25873"),
        *(term(coefficient="1/2", square=f"Y{x} - ({share})*4/25873*{N}")
          for x, share in SHARES.items())])
    return proof.qed(third, fourth)


def prove() -> list[dict[str, Any]]:
    return [saddle(), curve(), lines(), steep_lines(), null_lines()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
