"""One inequality on a box gives existence, uniqueness, inertia and margin of a stationary point.

Let S be a square matrix, D = diag(+-1), and |S'HS - D| <= Z < 1 in the maximum norm for every Hessian H on
the box |theta - theta_0| <= w. Then all these H have the inertia of D and no eigenvalue nearer to zero than
(1 - Z)/max(1, |S|_F**2), and the box holds at most one stationary point. Let r = |S' grad L(x_0)|/(1 - Z):
if the box holds all x within |S| r of x_0, there is a stationary point among these. If D = 1, the loss is
larger on all of every Euclidean ball around it in the box; if D has both signs, it is a saddle.

Source: own; a contraction with an approximate diagonalization in place of an inverse.
Writing: E = S'HS - D. x, y: entries of vectors, or their norms; m, n: entries of a row and their absolute
    values; s, q: |u|**2, u'Eu; a: u'S'HSu; mu: an eigenvalue; F = max(1, |S|_F**2), g = (SDu).(Su); T, t,
    d: an entry of T(u) = u - D S' grad L(x_0 + S u), of T(0), of the difference; c: h'Hh for a displacement
    h; l, L: losses.
Scope: all sizes, every twice continuously differentiable loss.
"""

from typing import Any

from symplateau.proof import Proof, Term, term

CLAIM = "S/nondegenerate-point"


def form() -> dict[str, Any]:
    # |x'E y| <= sum |E_ij| (x_i**2 + y_j**2)/2 <= Z s where |x|**2 = |y|**2 = s: rows and columns of |E|
    # sum to Z at most.
    proof = Proof("E n x y Z s q", indexed="E n x y")
    value = proof.assume("value", "q = sum(E*x*y)")
    upper = proof.assume("upper", "n >= E")
    lower = proof.assume("lower", "n + E >= 0")
    rows = proof.assume("rows", "Z*s >= sum(n*x**2)")
    columns = proof.assume("columns", "Z*s >= sum(n*y**2)")
    halves = [term(rows, coefficient="1/2"), term(columns, coefficient="1/2")]

    # |E_ij| (x_i**2 + y_j**2)/2 - E_ij x_i y_j is (|E_ij| + E_ij)(x_i - y_j)**2/4 + (|E_ij| - E_ij)(x_i +
    # y_j)**2/4.
    def squares(first: str, second: str) -> list[Term]:
        return [*halves, term(first, square="x - y", coefficient="1/4"),
                term(second, square="x + y", coefficient="1/4")]

    return proof.qed(proof.state("Z*s - q >= 0", {value: "-1"}, squares(lower, upper)),
                     proof.state("Z*s + q >= 0", {value: "1"}, squares(upper, lower)))


def inertia() -> dict[str, Any]:
    # On the coordinates where D is 1, A is positive; on those where D is -1, it is negative.
    proof = Proof("Z s q a")
    value = proof.assume("value", "a = s + q")
    small = proof.assume("small", "Z*s + q >= 0")
    below = proof.assume("below", "1 > Z")
    nonzero = proof.assume("nonzero", "s > 0")
    return proof.qed(proof.state("a > 0", {value: "1"}, [term(below, nonzero), term(small)]))


def margin() -> dict[str, Any]:
    # H x = mu x with x = S u: (D u)'A u = mu (S D u)'(S u); the left side is at least (1 - Z)|u|**2.
    proof = Proof("mu n g s i q Z F")
    eigen = proof.assume("eigen", "mu*g = s + q")
    small = proof.assume("small", "Z*s + q >= 0")
    above = proof.assume("above", "F*s - g >= 0")
    below = proof.assume("below", "F*s + g >= 0")
    upper = proof.assume("upper", "n >= mu")
    lower = proof.assume("lower", "n + mu >= 0")
    inverse = proof.assume("inverse", "s*i = 1")
    positive = proof.assume("positive", "i > 0")
    scaled = proof.state("n*F*s - s + Z*s >= 0", {eigen: "1"}, [
        term(small), term(upper, below, coefficient="1/2"), term(lower, above, coefficient="1/2")])

    # So |mu| is at least (1 - Z)/F.
    return proof.qed(proof.state("n*F >= 1 - Z", {inverse: "-(n*F - 1 + Z)"}, [term(positive, scaled)]))


def row() -> dict[str, Any]:
    # A matrix whose rows sum, in absolute values, to at most Z stretches the maximum norm at most Z times.
    proof = Proof("m n x y Z T", indexed="m n x")
    upper = proof.assume("upper", "n >= m")
    lower = proof.assume("lower", "n + m >= 0")
    total = proof.assume("total", "Z >= sum(n)")
    right = proof.assume("right", "y - x >= 0")
    left = proof.assume("left", "y + x >= 0")
    size = proof.assume("size", "y >= 0")
    image = proof.assume("image", "T = sum(m*x)")
    rest = term(total, size)
    return proof.qed(
        proof.state("Z*y - T >= 0", {image: "-1"}, [
            rest, term(upper, left, coefficient="1/2"), term(lower, right, coefficient="1/2")]),
        proof.state("Z*y + T >= 0", {image: "1"}, [
            rest, term(upper, right, coefficient="1/2"), term(lower, left, coefficient="1/2")]))


def existence() -> dict[str, Any]:
    # T(u) = T(0) + (T(u) - T(0)): the first is at most g = |S' grad L(x_0)|, the second at most Z r, and g
    # = (1 - Z) r. So T maps the cube |u| <= r into itself.
    proof = Proof("T t d g r Z")
    parts = proof.assume("parts", "T = t + d")
    radius = proof.assume("radius", "g = (1 - Z)*r")
    start_above = proof.assume("start above", "g - t >= 0")
    start_below = proof.assume("start below", "g + t >= 0")
    step_above = proof.assume("step above", "Z*r - d >= 0")
    step_below = proof.assume("step below", "Z*r + d >= 0")
    return proof.qed(
        proof.state("r - T >= 0", {parts: "-1", radius: "-1"}, [term(start_above), term(step_above)]),
        proof.state("r + T >= 0", {parts: "1", radius: "-1"}, [term(start_below), term(step_below)]))


def uniqueness() -> dict[str, Any]:
    # Two stationary points at a distance S u: a mean Hessian maps their difference to 0, so u = -D E u, |u|
    # <= Z |u|.
    proof = Proof("y Z i")
    stretched = proof.assume("stretched", "Z*y >= y")
    inverse = proof.assume("inverse", "i*(1 - Z) = 1")
    positive = proof.assume("positive", "i > 0")
    return proof.qed(proof.state("0 >= y", {inverse: "y"}, [term(positive, stretched)]))


def second_order() -> dict[str, Any]:
    # At a stationary point the loss moves by half of what a Hessian on the segment says: it has that sign.
    proof = Proof("c sense l L")
    taylor = proof.assume("taylor", "L = l + c/2")
    sign = proof.assume("sign", "sense*c > 0")
    return proof.qed(proof.state("sense*(L - l) > 0", {taylor: "sense"}, [term(sign, coefficient="1/2")]))


def prove() -> list[dict[str, Any]]:
    return [form(), inertia(), margin(), row(), existence(), uniqueness(), second_order()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
