"""The gap between effective and constant neurons is real: all splits of an ineffective one can be saddles.

sigma = 1 + t - 2 t**2 + max(t - 1, 0)**3 is twice continuously differentiable. At the point below, a strict
local minimum, the first neuron (v = 1, w = 0) sees only the quadratic part of sigma at all samples, and the
residual is orthogonal to 1, x and x**2: it is locally ineffective, and not locally constant. Yet every split
of it is a saddle: daughters that move apart add x**2 to the outputs, which lets the second neuron move as
the narrow network could not afford.

Source: own; the gap that paper A states after Theorem 3.
Writing: u: input weight near 0; T0..T5: sigma(u x) at the samples; F = <e, sigma(Xu)>; lam: coefficients;
    d, D: marks of two daughters, l0, l1 their coefficients; b: a factor; c: how far daughters move, in
    units of t; g = 1 or -1; s = g t**2; G: a daughter's hidden value; o, f0..f5: input weight of the second
    neuron and outputs after the move; l, L: losses before and after.
Scope: one network, every split of its first neuron.
"""

from fractions import Fraction
from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, Term, term

CLAIM = "S/ineffective-saddle"
SAMPLES, LABELS = (-3, -2, -1, 3, 4, 5), (-88, 168, -121, 31, -31, 30)
RESIDUALS = (69, -176, 120, -36, 32, -9)
QUADRATIC = ("1 - 3*o - 18*o**2", "1 - 2*o - 8*o**2", "1 - o - 2*o**2", "1 + 3*o - 18*o**2",
             "1 + 4*o - 32*o**2", "1 + 5*o - 50*o**2")  # sigma at o x, up to the kink
BASIS = [["105/256", "25/256", "-11/32", "-199/256"], ["0", "9/256", "-11/256", "-27/256"],
         ["0", "0", "55/256", "-27/256"], ["0", "0", "0", "7/256"]]
# What the loss changes by, divided by s**2, as a polynomial in s: the lowest power first.
CHANGE = [Fraction(x) for x in ("-175/8", "1083/2", "88911/2", "218366", "465134", "821905/2", "501025/4")]


def minimum() -> dict[str, Any]:
    # The narrow point: a strict local minimum with H_0 = 0.
    argument = Argument(Network.from_arrays(
        "1 + t - 2*t**2 + pos3(t - 1)", X=[[x] for x in SAMPLES], y=LABELS, v=[1, 1], W=[[0], [1]]))
    point = argument.step("stationary point")
    strict = argument.step("inertia", point, basis=BASIS, signs=[1, 1, 1, 1], null=[])
    inner = argument.step("inertia", strict, neuron=0, basis=[[]], signs=[], null=[["1"]])
    return argument.certificate(inner)


def ineffective() -> dict[str, Any]:
    # For |u| < 1/5 all u x are below 1, where sigma is quadratic.
    proof = Proof("u T0 T1 T2 T3 T4 T5 F")
    values = [proof.assume(f"value {k}", f"T{k} = " + value.replace("o", "u"))
              for k, value in enumerate(QUADRATIC)]
    slope = proof.assume("slope", "F = 69*T0 - 176*T1 + 120*T2 - 36*T3 + 32*T4 - 9*T5")
    return proof.qed(
        proof.state("F = 0", {slope: "1"} | {x: str(e) for x, e in zip(values, RESIDUALS, strict=True)}),
        proof.state("T0 - 1 = -3*u*(1 + 6*u)", {values[0]: "1"}))


def two_daughters() -> dict[str, Any]:
    # Two daughters move apart so that the outputs do not change to first order.
    proof = Proof("lam d D c l0 l1 b", indexed="lam d D c")
    one_d = proof.assume("one d", "sum(d) = 1")
    one_D = proof.assume("one D", "sum(D) = 1")
    mark_d = proof.assume("mark d", "d*d = d")
    mark_D = proof.assume("mark D", "D*D = D")
    apart = proof.assume("apart", "d*D = 0")
    value_d = proof.assume("value d", "d*lam = d*l0")
    value_D = proof.assume("value D", "D*lam = D*l1")
    moved = proof.assume("moved", "c = b*(d*l1 - D*l0)")
    return proof.qed(
        proof.state("sum(lam*c) = 0", {
            moved: "lam", value_d: "b*l1", value_D: "-b*l0", one_d: "b*l0*l1", one_D: "-b*l0*l1"}),
        proof.state("sum(lam*c**2) = b**2*l0*l1*(l0 + l1)", {
            moved: "lam*(c + b*(d*l1 - D*l0))", mark_d: "lam*b**2*l1**2", mark_D: "lam*b**2*l0**2",
            apart: "-2*lam*b**2*l0*l1", value_d: "b**2*l1**2", value_D: "b**2*l0**2",
            one_d: "b**2*l1**2*l0", one_D: "b**2*l0**2*l1"}))


def daughters() -> dict[str, Any]:
    # To second order they add -3 s x**2: g is the sign that sum lam*c**2 has.
    proof = Proof("lam c t g s x G", indexed="lam c G")
    one = proof.assume("one", "sum(lam) = 1")
    first = proof.assume("first moment", "sum(lam*c) = 0")
    second = proof.assume("second moment", "sum(lam*c**2) = 3*g/2")
    step = proof.assume("step", "s = g*t**2")
    hidden = proof.assume("hidden", "G = 1 + t*c*x - 2*(t*c*x)**2")
    return proof.qed(proof.state("sum(lam*G) = 1 - 3*s*x**2", {
        hidden: "lam", one: "1", first: "t*x", second: "-2*t**2*x**2", step: "3*x**2"}))


def descent() -> dict[str, Any]:
    # The second neuron moves to v = 1 - 7 s/2, w = 1 + s; no sample crosses its kink.
    proof = Proof("s o f0 f1 f2 f3 f4 f5 l L")
    weight = proof.assume("weight", "o = 1 + s")
    cubes = [f" + ({x}*o - 1)**3" if x > 1 else "" for x in SAMPLES]
    values = [f"(1 - 7*s/2)*({QUADRATIC[k]}{cubes[k]}) + 1 - {3 * x**2}*s" for k, x in enumerate(SAMPLES)]
    outputs = [proof.assume(f"output {k}", f"f{k} = {value}") for k, value in enumerate(values)]
    before = proof.assume("before", "l = (69**2 + 176**2 + 120**2 + 36**2 + 32**2 + 9**2)/2")
    after = proof.assume("after", "L = ((f0 + 88)**2 + (f1 - 168)**2 + (f2 + 121)**2"
                                  " + (f3 - 31)**2 + (f4 + 31)**2 + (f5 - 30)**2)/2")
    moved = proof.assume("moved", "s**2 > 0")
    left = proof.assume("left", "s + 1/100 >= 0")
    right = proof.assume("right", "1/100 - s >= 0")

    # All powers of s beyond the second are outweighed while |s| <= 1/100.
    using = {after: "1", before: "-1"}
    for k, (name, value) in enumerate(zip(outputs, values, strict=True)):
        plain = value.replace("o", "(1 + s)")
        step = proof.state(f"f{k} = {plain}", {name: "1", weight: replaced(SAMPLES[k])})
        using[step] = f"(f{k} + {plain})/2 - ({LABELS[k]})"
    polynomial = " + ".join(f"({c})*s**{k + 2}" for k, c in enumerate(CHANGE))
    found = proof.state(f"L - l = {polynomial}", using)
    return proof.qed(proof.state("l > L", {found: "-1"}, falling(moved, left, right)))


def replaced(x: int) -> str:
    """The quotient of a sample's output in o, less the same in 1 + s, by o - (1 + s)."""
    square, cube = "(o + 1 + s)", "(o**2 + o*(1 + s) + (1 + s)**2)"
    kink = f" + {x**3}*{cube} - {3 * x**2}*{square} + {3 * x}" if x > 1 else ""
    return f"(1 - 7*s/2)*(({x}) - {2 * x**2}*{square}{kink})"


def falling(moved: str, left: str, right: str) -> list[Term]:
    """-s**2 * CHANGE as a sum of terms that are >= 0 for |s| <= 1/100, from the highest power down.

    All of CHANGE but the first are positive: s**k is at most s**(k - 1)/100, or s**(k - 2)/100**2.
    """
    rest, terms = list(CHANGE), list[Term]()
    for k in range(len(rest) - 1, 0, -1):
        factors = [right] if k % 2 else [left, right]
        terms.append(term(*factors, coefficient=str(rest[k]), square=f"s**{(k + 1) // 2}"))
        rest[k - len(factors)] += rest[k] / Fraction(100) ** len(factors)
    return [*terms, term(moved, coefficient=str(-rest[0]))]


def prove() -> list[dict[str, Any]]:
    return [minimum(), ineffective(), two_daughters(), daughters(), descent()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
