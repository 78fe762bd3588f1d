"""A ReLU-like network whose outputs only kinks can change, with negative slopes there, is at a maximum.

At P let every sample be, for every neuron, at the kink or on a leg of slope 0, so that all outputs vanish and
near P neuron i sends rho_ik = rho(x_k.dw_i) for the samples at its kink, 0 for the others. If G_i(t) <= -C
sum_k |rho(x_k.t)| for all t, C > 0, then nearby the slopes outweigh the squared change of the outputs, and
what the moves of the output weights add.

Source: own; the converse of paper B's appendix D for points that need not be stationary.
Writing: for one sample and output: h = h'_ji, rho = rho_ik, r = |rho_ik|, M >= |h'_ji|, d: the change of the
    output, R = sum_i r <= T; for one neuron and output: e = e_kj, rho, r, E >= |e_kj|, x = dh_ji, D >= |x|,
    g = g_ji(dw_i), S = sum_k r; N: number of outputs; q: half the squared change of the outputs; G, B: of
    neuron i, G_i(dw_i) and sum_j dh_ji g_ji(dw_i); L: the change of the loss.
Scope: all sizes, all slopes.
"""

from typing import Any

from symplateau.proof import Proof, term

CLAIM = "S/relu-maximum"


def output() -> dict[str, Any]:
    # The output moves by d = sum_i h'_ji rho_ik, which is at most M R; so its square is at most M^2 T R.
    proof = Proof("h rho r M d R T", indexed="h rho r")
    above = proof.assume("rho below r", "r >= rho")
    below = proof.assume("rho above -r", "r >= -rho")
    upper = proof.assume("h below M", "M >= h")
    lower = proof.assume("h above -M", "M >= -h")
    change = proof.assume("change", "d = sum(h*rho)")
    size = proof.assume("size", "R = sum(r)")
    near = proof.assume("near", "T >= R")
    known = proof.assume("size >= 0", "R >= 0")
    most = proof.state("M*R >= d", {size: "M", change: "-1"},
                       [term(upper, below, coefficient="1/2"), term(lower, above, coefficient="1/2")])
    least = proof.state("M*R >= -d", {size: "M", change: "1"},
                        [term(upper, above, coefficient="1/2"), term(lower, below, coefficient="1/2")])
    return proof.qed(proof.state("M**2*T*R >= d**2", {}, [term(most, least), term(near, known, square="M")]))


def slopes() -> dict[str, Any]:
    # What the move of h_ji adds at first order in dh_ji is at most D E S.
    proof = Proof("e rho r E D x g S", indexed="e rho r")
    above = proof.assume("rho below r", "r >= rho")
    below = proof.assume("rho above -r", "r >= -rho")
    upper = proof.assume("e below E", "E >= e")
    lower = proof.assume("e above -E", "E >= -e")
    slope = proof.assume("slope", "g = sum(e*rho)")
    size = proof.assume("size", "S = sum(r)")
    small = proof.assume("x below D", "D >= x")
    large = proof.assume("x above -D", "D >= -x")
    most = proof.state("E*S >= g", {size: "E", slope: "-1"},
                       [term(upper, below, coefficient="1/2"), term(lower, above, coefficient="1/2")])
    least = proof.state("E*S >= -g", {size: "E", slope: "1"},
                        [term(upper, above, coefficient="1/2"), term(lower, below, coefficient="1/2")])
    return proof.qed(proof.state("D*E*S >= x*g", {}, [term(small, least, coefficient="1/2"),
                                                      term(large, most, coefficient="1/2")]))


def loss() -> dict[str, Any]:
    # All together: near P the slopes G_i <= -C S_i outweigh the rest.
    proof = Proof("L q G B S C N M T D E", indexed="G B S")
    change = proof.assume("change", "L = q + sum(G + B)")
    squares = proof.assume("squares", "N*M**2*T*sum(S)/2 >= q")
    moves = proof.assume("output weights", "N*D*E*S >= B")
    falls = proof.assume("slopes", "-C*S >= G")
    size = proof.assume("sizes", "S >= 0")
    near = proof.assume("near", "C >= N*D*E + N*M**2*T/2")
    return proof.qed(proof.state("0 >= L", {change: "-1"}, [
        term(squares), term(moves), term(falls), term(near, size)]))


def prove() -> list[dict[str, Any]]:
    return [output(), slopes(), loss()]


if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
