"""The plateau is an affine subspace: of dimension m - r if v_r is not zero, else a single point.

Source: amends paper A, section 1 (the paragraph on the stationary plateau); section 3.2, (10).
Writing: lam, mu, nu: coefficients; v: output weight of the parent; u, U, p: output weights of the
    daughters; s: any number; d: mark of one daughter, l0 its coefficient; c: numbers given to the others.
Scope: all sizes, every activation.
"""

from typing import Any

from symplateau.proof import Proof

CLAIM = "A/section-3/plateau-dimension-amended"


def affine() -> dict[str, Any]:
    # The line through two split points consists of split points: split is affine in the coefficients.
    proof = Proof("lam mu nu u U p v s", indexed="lam mu nu u U p")
    one = proof.assume("one", "sum(lam) = 1")
    other = proof.assume("other", "sum(mu) = 1")
    between = proof.assume("between", "nu = (1 - s)*lam + s*mu")
    first = proof.assume("first", "u = lam*v")
    second = proof.assume("second", "U = mu*v")
    third = proof.assume("third", "p = nu*v")
    return proof.qed(
        proof.state("sum(nu) = 1", {between: "1", one: "1 - s", other: "s"}),
        proof.state("p = (1 - s)*u + s*U", {third: "1", between: "v", first: "s - 1", second: "-s"}))


def distance() -> dict[str, Any]:
    # So different coefficients give different points if v is not 0, and one point if v = 0.
    proof = Proof("lam mu u U v", indexed="lam mu u U")
    first = proof.assume("first", "u = lam*v")
    second = proof.assume("second", "U = mu*v")
    return proof.qed(proof.state("sum((u - U)**2) = v**2*sum((lam - mu)**2)", {
        first: "u - U + (lam - mu)*v", second: "-(u - U + (lam - mu)*v)"}))


def free() -> dict[str, Any]:
    # All coefficients but that of the daughter marked d may be chosen at will.
    proof = Proof("c d lam", indexed="c d lam")
    single = proof.assume("single", "sum(d) = 1")
    mark = proof.assume("mark", "d*d = d")
    made = proof.assume("made", "lam = (1 - d)*c + d*(1 - sum((1 - d)*c))")
    rest = "(1 - sum((1 - d)*c))"
    return proof.qed(
        proof.state("sum(lam) = 1", {made: "1", single: rest}),
        proof.state("(1 - d)*lam = (1 - d)*c", {made: "1 - d", mark: f"c - {rest}"}))


def determined() -> dict[str, Any]:
    # That of the daughter marked d follows from the others.
    proof = Proof("lam d l0", indexed="lam d")
    one = proof.assume("one", "sum(lam) = 1")
    single = proof.assume("single", "sum(d) = 1")
    first = proof.assume("first", "d*lam = d*l0")
    return proof.qed(proof.state("l0 = 1 - sum((1 - d)*lam)", {one: "1", first: "-1", single: "-l0"}))


def prove() -> list[dict[str, Any]]:
    return [affine(), distance(), free(), determined()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
