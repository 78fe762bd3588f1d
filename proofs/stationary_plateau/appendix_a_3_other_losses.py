"""Refuted as printed: for every width, depth and convex loss a local maximum is locally constant.

The quadratic loss of one hidden layer is among the cases, and there it fails: sigma(t) = t**2, v = x = y = 1,
w = 0. So it does for every depth, as long as nearby outputs lie between 0 and 2 with the label 1 and the
output is 0 at the point. For a loss that is convex, but not strictly so, not even the outputs vanish at a
local maximum.

Source: paper A, section 4, below Lemma 1, and Appendix A.3.
Scope: two networks, and one family of deep ones.
"""

from typing import Any

from symplateau.argument import Argument
from symplateau.network import Network
from symplateau.proof import Proof, term

CLAIM = "A/appendix-a.3/other-losses"


def counterexample() -> dict[str, Any]:
    argument = Argument(Network.from_arrays("square", X=[["1"]], y=["1"], v=["1"], W=[["0"]]))
    point = argument.step("stationary point")

    # A local maximum, and the loss falls along w = t: not locally constant.
    maximum = argument.step("local maximum", point, prec=32, around="1")
    falls = argument.step("curve", maximum, prec=32, order=2, until="1/4", displacement=["0", "t"])
    return argument.certificate(falls)


def depth() -> dict[str, Any]:
    # All hidden activations t**2 and output weights 1 at the point: nearby outputs are small and >= 0.
    proof = Proof("F L l")
    before = proof.assume("before", "l = (0 - 1)**2/2")
    after = proof.assume("after", "L = (F - 1)**2/2")
    low = proof.assume("low", "F >= 0")
    high = proof.assume("high", "2 >= F")
    return proof.qed(proof.state("l >= L", {before: "1", after: "-1"}, [
        term(low, high, coefficient="1/2")]))


def convex_loss() -> dict[str, Any]:
    # l(f, y) = -y f, sigma(t) = 1 + t**2, x = 1, 0 and y = 1, -1, at v = 1, w = 0: L = -v w**2.
    proof = Proof("v w f g L")
    first = proof.assume("first", "f = v*(1 + w**2)")
    second = proof.assume("second", "g = v*(1 + 0**2)")
    loss = proof.assume("loss", "L = -f + g")
    near = proof.assume("near", "v > 0")
    found = proof.state("L = -(v*w**2)", {loss: "1", first: "-1", second: "1"})
    return proof.qed(found, proof.state("0 >= L", {found: "-1"}, [term(near, square="w")]))


def prove() -> list[dict[str, Any]]:
    return [counterexample(), depth(), convex_loss()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
