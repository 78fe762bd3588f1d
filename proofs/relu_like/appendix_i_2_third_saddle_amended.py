"""With e_12 = -0.12 the numbers of the third saddle agree; and stationarity demands this sign.

Source: paper B, appendix I.0.2, third saddle, amended.
Writing: e, f: residuals of output 2 at samples 1 and 2; z1, z2: products of the input weights with these
    samples; i: 1/z1; v1, v2: the direction; a1, a2: first sum; d1, d2: second sum; g, k: their products
    with the direction; G: the tangential derivative; c, m: products of both sums with the input weights.
Scope: the printed numbers, and networks that see these two samples.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-i.2/third-saddle-amended"


def sign() -> dict[str, Any]:
    # dL/dh_2 = e z1 + f z2 with z1, z2 > 0: the residuals have opposite signs.
    proof = Proof("e f z1 z2 i")
    stationary = proof.assume("stationary", "e*z1 + f*z2 = 0")
    inverse = proof.assume("inverse", "i*z1 = 1")
    positive = proof.assume("positive", "i > 0")
    seen = proof.assume("seen", "z2 > 0")
    second = proof.assume("second residual", "f > 0")
    return proof.qed(proof.state("0 > e", {stationary: "-i", inverse: "e"}, [term(positive, seen, second)]))


def numbers() -> dict[str, Any]:
    # The printed readings, with the one sign changed: sums, products, derivatives.
    proof = Proof("e f v1 v2 a1 a2 d1 d2 g k G c m")
    e = proof.assume("first residual", "e = -12/100")
    f = proof.assume("second residual", "f = 8/100")
    v1 = proof.assume("first component", "v1 = 98/100")
    v2 = proof.assume("second component", "v2 = 19/100")
    a1 = proof.assume("first sum, first", "a1 = -18/100*(-3/10) + 12/100")
    a2 = proof.assume("first sum, second", "a2 = -18/100*1/2 + 12/100")
    d1 = proof.assume("second sum, first", "d1 = -3/10*e + f")
    d2 = proof.assume("second sum, second", "d2 = e/2 + f")
    g = proof.assume("first product", "g = a1*v1 + a2*v2")
    k = proof.assume("second product", "k = d1*v1 + d2*v2")
    total = proof.assume("tangential derivative", "G = 37/100*g - 53/100*k")
    c = proof.assume("first output weight", "c = -12/100*a1 + 63/100*a2")
    m = proof.assume("second output weight", "m = -12/100*d1 + 63/100*d2")
    first = [proof.state("a1 = 174/1000", {a1: "1"}), proof.state("a2 = 3/100", {a2: "1"}),
             proof.state("d1 = 116/1000", {d1: "1", e: "-3/10", f: "1"}),
             proof.state("d2 = 2/100", {d2: "1", e: "1/2", f: "1"})]
    p1, p2, q1, q2 = first
    products = [proof.state("g = 8811/50000", {g: "1", p1: "v1", v1: "174/1000", p2: "v2", v2: "3/100"}),
                proof.state("k = 2937/25000", {k: "1", q1: "v1", v1: "116/1000", q2: "v2", v2: "2/100"})]
    one, two = products
    return proof.qed(
        *first, *products,
        proof.state("G = 14685/5000000", {total: "1", one: "37/100", two: "-53/100"}),
        proof.state("c = -198/100000", {c: "1", p1: "-12/100", p2: "63/100"}),
        proof.state("m = -132/100000", {m: "1", q1: "-12/100", q2: "63/100"}))


def prove() -> list[dict[str, Any]]:
    return [sign(), numbers()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
