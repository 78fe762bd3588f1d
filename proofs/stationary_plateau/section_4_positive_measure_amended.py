"""The surely-saddle region of Theorem 2 contains a ball from three daughters on; for two it is two points.

Source: paper A, section 4.1, the remark below Theorem 2, amended; (13).
Writing: lam: lambda_j; c: the center (1, 1, -1, 0, ..., 0); d, D, E: marks of its first three places; l0, l1,
    l2: the entries of lam there.
Scope: all numbers of daughters.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "A/section-4.1/positive-measure-amended"


def ball() -> dict[str, Any]:
    proof = Proof("lam c d D E l0 l1 l2", indexed="lam c d D E")
    apart = [proof.assume("apart d D", "d*D = 0"), proof.assume("apart d E", "d*E = 0"),
             proof.assume("apart D E", "D*E = 0")]
    center = proof.assume("center", "c = d + D - E")
    near = proof.assume("near", "1 > sum((lam - c)**2)")

    # The entry at a place of the center keeps its sign: its distance from 1, or from -1, is below 1.
    once, signs = {}, []
    for mark, entry, sign in (("d", "l0", 1), ("D", "l1", 1), ("E", "l2", -1)):
        once[mark] = proof.assume(f"once {mark}", f"sum({mark}) = 1")
        square = proof.assume(f"mark {mark}", f"{mark}*{mark} = {mark}")
        value = proof.assume(f"value {mark}", f"{mark}*lam = {mark}*{entry}")
        here = proof.state(f"{mark}*c = {sign}*{mark}", {center: mark, square: str(sign)} | {
            name: "-1" if name.endswith("E") and mark != "E" else "1" for name in apart if mark in name[6:]})
        part = proof.state(f"sum((lam - c)**2) >= ({entry} - {sign})**2", {
            value: f"lam + {entry} - 2*c", here: f"c + {sign} - 2*{entry}", square: "-(lam - c)**2",
            once[mark]: f"({entry} - {sign})**2"}, [term(square=f"(1 - {mark})*(lam - c)")])
        signs.append(proof.state(f"{entry} > 0" if sign > 0 else f"0 > {entry}", {}, [
            term(near, coefficient="1/2"), term(part, coefficient="1/2"),
            term(coefficient="1/2", square=entry)]))
    one = proof.state("sum(c) = 1", {center: "1", once["d"]: "1", once["D"]: "1", once["E"]: "-1"})
    return proof.qed(*signs, one)


def two_daughters() -> dict[str, Any]:
    # l1 is an entry that is not positive; the other one is, and l1 is not negative.
    proof = Proof("l0 l1")
    one = proof.assume("one", "l0 = 1 - l1")
    pd = proof.assume("not all positive", "0 >= l1")
    nd = proof.assume("not one alone", "l1 >= 0")
    other = proof.state("l0 > 0", {one: "1"}, [term(pd), term(coefficient="1")])
    zero = proof.state("0 >= l1**2", {}, [term(pd, nd)])
    return proof.qed(other, zero, proof.state("0 >= (l0 - 1)**2", {one: "1 - l0 + l1"}, [term(zero)]))


def prove() -> list[dict[str, Any]]:
    return [ball(), two_daughters()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
