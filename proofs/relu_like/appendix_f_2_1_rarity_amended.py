"""Local minima with escape neurons fill open sets of labels: half of all labels of one small network.

Two outputs, one neuron, the samples (1, 1) and (1, -1), slope 1 on the positive leg. Whenever y_1.y_2 > 0 and
y_1, y_2 are linearly independent, there is a local minimum, and its neuron is an escape neuron. With linearly
independent labels and slopes that are not 0 every stationary point without kinks has an escape neuron.

Source: paper B, appendix F.2.1; section 4.1.
Writing: the labels are y_k = s (r.x_k) p + t (R.x_k) P, with two orthonormal pairs p, P and r, R; x = r.x_k,
    X = R.x_k; the network has h = a p + b P and w = c r + d R; f: residuals; l, L: the losses at the point
    and near it; g: the slopes of the two outputs along R, as a vector; i: an inverse. In the last statement:
    v, V: slopes of the two samples; f, F and g, G: their residuals at the two outputs; y, Y, z, Z: their
    labels; h, H: output weights; m, n: values of the neuron.
Scope: one architecture (for ReLU with idle neurons added), all labels of an open set.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "B/appendix-f.2.1/rarity-amended"


def whitened_loss() -> dict[str, Any]:
    # As long as both samples are on the positive leg, the network is linear, and its loss this one.
    proof = Proof("a b c d s t x X N L", vectors="p P f", indexed="x X f")
    residual = [proof.assume(f"residual along {v}", f"dot(f, {v}) = {c}") for v, c in (
        ("p", "a*(c*x + d*X) - s*x"), ("P", "b*(c*x + d*X) - t*X"))]
    pair = proof.assume("two outputs", "dot(f, f) = dot(f, p)**2 + dot(f, P)**2")
    first = proof.assume("first input", "sum(x**2) = N")
    second = proof.assume("second input", "sum(X**2) = N")
    mixed = proof.assume("mixed", "sum(x*X) = 0")
    loss = proof.assume("loss", "L = sum(dot(f, f))/2")
    entries = {"p": "(a*(c*x + d*X) - s*x)", "P": "(b*(c*x + d*X) - t*X)"}
    return proof.qed(proof.state("L = N*((a*c - s)**2 + (a*d)**2 + (b*c)**2 + (b*d - t)**2)/2", {
        loss: "1", pair: "1/2", residual[0]: f"(dot(f, p) + {entries['p']})/2",
        residual[1]: f"(dot(f, P) + {entries['P']})/2",
        first: "((a*c - s)**2 + (b*c)**2)/2", second: "((a*d)**2 + (b*d - t)**2)/2",
        mixed: "(a*c - s)*a*d + b*c*(b*d - t)"}))


def minimum() -> dict[str, Any]:
    # Near the point a*c is near s > t: no lower loss.
    proof = Proof("a b c d s t i N l L")
    there = proof.assume("moved loss", "L = N*((a*c - s)**2 + (a*d)**2 + (b*c)**2 + (b*d - t)**2)/2")
    here = proof.assume("loss", "l = N*t**2/2")
    count = proof.assume("inputs", "N >= 0")
    small = proof.assume("second is not negative", "t >= 0")
    near = proof.assume("near", "a*c - t > 0")
    inverse = proof.assume("inverse", "i*a*c = 1")
    positive = proof.assume("positive", "i > 0")
    half = {"coefficient": "1/2"}
    return proof.qed(proof.state("L >= l", {
        there: "1", here: "-1",
        inverse: "-N*((a*c - s)**2 + (b*d)**2 + (a*d)**2 + (b*c)**2 - 2*b*d*t)/2"}, [
        term(positive, count, near, **half, square="a*c - s"),
        term(positive, count, small, **half, square="a*c - s"),
        term(positive, count, near, **half, square="b*d"), term(positive, count, small, **half, square="b*d"),
        term(positive, count, near, **half, square="a*d"), term(positive, count, near, **half, square="b*c"),
        term(positive, count, small, **half, square="a*d - b*c")]))


def escape_neuron() -> dict[str, Any]:
    # At the point b = d = 0 and a*c = s: the slopes along R are g = -N t P, not 0, and orthogonal to h = a p.
    proof = Proof("a s t x X c N G", vectors="p P f g", indexed="x X f")
    point = proof.assume("point", "a*c = s")
    residual = [proof.assume("residual along p", "dot(f, p) = a*c*x - s*x"),
                proof.assume("residual along P", "dot(f, P) = -t*X")]
    second = proof.assume("second input", "sum(X**2) = N")
    mixed = proof.assume("mixed", "sum(x*X) = 0")
    slope = [proof.assume(f"slope along {v}", f"dot(g, {v}) = sum(X*dot(f, {v}))") for v in "pP"]
    total = proof.assume("tangential derivative", "G = a*dot(g, p)")
    return proof.qed(
        proof.state("sum(x*dot(f, p)) = 0", {residual[0]: "x", point: "x**2"}),
        proof.state("sum(x*dot(f, P)) = 0", {residual[1]: "x", mixed: "-t"}),
        proof.state("G = 0", {total: "1", slope[0]: "a", residual[0]: "a*X", point: "a*x*X"}),
        proof.state("dot(g, P) = -N*t", {slope[1]: "1", residual[1]: "X", second: "-t"}))


def half_of_the_labels() -> dict[str, Any]:
    # r = (r1, r2), R = (-r2, r1): the product of the two labels decides on which side of the diagonals r is.
    proof = Proof("s t r1 r2", vectors="p P y z")
    unit = [proof.assume("unit p", "dot(p, p) = 1"), proof.assume("unit P", "dot(P, P) = 1"),
            proof.assume("orthogonal", "dot(p, P) = 0")]
    product = proof.assume(
        "labels", "dot(y, z) = dot(s*(r1 + r2)*p + t*(r1 - r2)*P, s*(r1 - r2)*p - t*(r1 + r2)*P)")
    return proof.qed(proof.state("dot(y, z) = (s**2 - t**2)*(r1**2 - r2**2)", {
        product: "1", unit[0]: "s**2*(r1**2 - r2**2)", unit[1]: "-t**2*(r1**2 - r2**2)",
        unit[2]: "s*t*((r1 - r2)**2 - (r1 + r2)**2)"}))


def without_escape_neuron() -> dict[str, Any]:
    # d_1 = d_2 = 0 would mean no residuals, as both samples have slopes that are not 0; then the labels are
    # multiples of one vector, (h, H).
    proof = Proof("v V i I f F g G y Y z Z h H m n")
    inverse = [proof.assume("first slope", "v*i = 1"), proof.assume("second slope", "V*I = 1")]
    first = [proof.assume("d_1, first entry", "v*f + V*g = 0"),
             proof.assume("d_1, second entry", "v*f - V*g = 0")]
    second = [proof.assume("d_2, first entry", "v*F + V*G = 0"),
              proof.assume("d_2, second entry", "v*F - V*G = 0")]
    one = [proof.assume("first sample, first output", "f = h*m - y"),
           proof.assume("first sample, second output", "F = H*m - Y")]
    other = [proof.assume("second sample, first output", "g = h*n - z"),
             proof.assume("second sample, second output", "G = H*n - Z")]
    zero = [proof.state("f = 0", {first[0]: "i/2", first[1]: "i/2", inverse[0]: "-f"}),
            proof.state("F = 0", {second[0]: "i/2", second[1]: "i/2", inverse[0]: "-F"}),
            proof.state("g = 0", {first[0]: "I/2", first[1]: "-I/2", inverse[1]: "-g"}),
            proof.state("G = 0", {second[0]: "I/2", second[1]: "-I/2", inverse[1]: "-G"})]
    labels = [proof.state("y = h*m", {zero[0]: "-1", one[0]: "1"}),
              proof.state("Y = H*m", {zero[1]: "-1", one[1]: "1"}),
              proof.state("z = h*n", {zero[2]: "-1", other[0]: "1"}),
              proof.state("Z = H*n", {zero[3]: "-1", other[1]: "1"})]
    return proof.qed(proof.state("y*Z - Y*z = 0", {
        labels[0]: "Z", labels[3]: "h*m", labels[1]: "-z", labels[2]: "-H*m"}))


def prove() -> list[dict[str, Any]]:
    return [whitened_loss(), minimum(), escape_neuron(), half_of_the_labels(), without_escape_neuron()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
