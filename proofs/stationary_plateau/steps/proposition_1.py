"""The printed steps of the proof of Proposition 1.

Source: paper A, appendix A.1; (73)-(77).
Writing: t: a move of one weight; z, T, s, o: hidden value before and after it, slope sigma', remainder of
    Taylor's formula, which tends to 0; x: the input that the moved weight belongs to; v: output weight; e:
    residual; D: move of an output; g, G: partial derivatives, narrow and wide; r: what tends to 0; l, L:
    losses before and after; lam: coefficients; i: an inverse; U: an upper bound.
"""

from typing import Any

from symplateau.proof import Proof, term


def slope_in_an_output_weight() -> dict[str, Any]:
    # (74): v_i moves by t; what is left is t times a quantity that tends to 0.
    proof = Proof("t e z D l L", indexed="e z D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = t*z")
    return proof.qed(proof.state("L - l = t*(sum(e*z) + t*sum(z**2)/2)", {
        after: "1", before: "-1", change: "e + (D + t*z)/2"}))


def slope_in_an_input_weight() -> dict[str, Any]:
    # (75), (76): w_il moves by t; Taylor's formula of first order at every sample.
    proof = Proof("t v x e z s T o D g r l L", indexed="x e z s T o D")
    before = proof.assume("before", "l = sum(e**2)/2")
    after = proof.assume("after", "L = sum((e + D)**2)/2")
    change = proof.assume("change", "D = v*(T - z)")
    taylor = proof.assume("taylor", "T = z + t*x*(s + o)")
    gradient = proof.assume("gradient", "g = v*sum(e*s*x)")
    rest = proof.assume("rest", "r = v*sum(e*x*o) + t*v**2*sum((x*(s + o))**2)/2")
    factor = "e + (D + t*v*x*(s + o))/2"
    return proof.qed(proof.state("L - l = t*(g + r)", {
        after: "1", before: "-1", change: factor, taylor: f"v*({factor})", gradient: "-t", rest: "-t"}))


def largest_coefficient() -> dict[str, Any]:
    # Coefficients with sum 1 have a positive one: no bound U of all of them is below 1 over their number.
    proof = Proof("lam U", indexed="lam")
    one = proof.assume("one", "sum(lam) = 1")
    upper = proof.assume("upper", "U >= lam")
    return proof.qed(proof.state("U*sum(1) >= 1", {one: "1"}, [term(upper)]))


def parent_from_daughter() -> dict[str, Any]:
    # (77): the daughter's derivative, divided by its coefficient.
    proof = Proof("lam i g G")
    scaled = proof.assume("(76b)", "G = lam*g")
    inverse = proof.assume("inverse", "lam*i = 1")
    wide = proof.assume("wide", "G = 0")
    return proof.qed(proof.state("g = i*G", {scaled: "-i", inverse: "-g"}),
                     proof.state("g = 0", {scaled: "-i", inverse: "-g", wide: "i"}))


PROOFS = {
    "slope in an output weight": slope_in_an_output_weight,
    "slope in an input weight": slope_in_an_input_weight,
    "largest coefficient": largest_coefficient,
    "parent from daughter": parent_from_daughter,
}

if __name__ == "__main__":
    from symplateau.steps import run

    run(__file__)
