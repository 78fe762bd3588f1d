"""How long the jobs take, each next to its peer in the same process run where it has one, and how the time
grows.

    python -m tests.benchmarks [JOB ...]

Prints one JSON object: for each job the median seconds of some runs, the peer's, and the ratio peer / ours.
"""

import json
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symplateau.argument import Argument, checked, polynomial
from symplateau.classification import classify
from symplateau.data import path
from symplateau.files import read_network
from symplateau.kernel.network import Fact, Problem
from symplateau.kernel.numbers import Interval
from symplateau.kernel.polynomial import in_time
from symplateau.ledger import check
from symplateau.network import Network
from symplateau.perturbations import descent_curve
from symplateau.plateaus import plateau
from symplateau.splitting import split
from symplateau.stationary import certify_nondegenerate

from . import kinks


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """The median of some runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def lattice_network(m: int, d: int, n: int, seed: int = 1) -> Network:
    """A tanh network on the lattice log 2 Z, with random data."""
    draw = random.Random(seed)
    X = [[draw.randint(-2, 2) for _ in range(d)] for _ in range(n)]
    W = [[draw.randint(-2, 2) for _ in range(d)] for _ in range(m)]
    y, v = (
        [Fraction(draw.randint(-9, 9), 4) for _ in range(n)],
        [Fraction(draw.randint(1, 9), 4) for _ in range(m)],
    )
    return Network.from_arrays("tanh", X, y, v, W, W_unit="log(2)")


def trained_network(m: int, d: int, n: int, seed: int = 1) -> Network:
    """A tanh network near a strict minimum: random weights, targets that it nearly meets, Newton's steps in
    floats."""
    import numpy as np

    draw = np.random.default_rng(seed)
    X = np.round(draw.normal(size=(n, d)), 2)
    W, v = draw.normal(size=(m, d)) / np.sqrt(d), draw.uniform(0.5, 1.5, size=m)
    y = np.round(np.tanh(X @ W.T) @ v + 0.01 * draw.normal(size=n), 3)
    network = Network.from_arrays("tanh", [[str(x) for x in row] for row in X], [str(x) for x in y], v, W)
    theta = np.array([float(x) for x in network.theta()])
    for _ in range(12):
        theta = theta - np.linalg.solve(network.float_hessian(theta), network.float_gradient(theta))
    return network.with_theta(theta)


def exact_hessian() -> dict[str, Any]:
    """Gradient, Hessian and the inner Hessians of (12), exactly, at (m, d, n) = (4, 3, 12): against
    sympy.hessian."""
    import sympy

    from symplateau import symbolic

    network = lattice_network(4, 3, 12)
    problem = Problem(network.problem())

    def ours() -> None:
        state = Fact(problem).state(None, 2)
        state.gradient(), state.hessian(), [state.inner_hessian(i) for i in range(4)]

    names = symbolic.parameters(network)
    expression = symbolic.loss(network, names)
    result = {"seconds": seconds(ours), "sympy.hessian": seconds(lambda: sympy.hessian(expression, names), 1)}
    try:
        import symengine
    except ImportError:
        result["symengine"] = None
    else:
        variables, fast = [symengine.Symbol(str(x)) for x in names], symengine.sympify(expression)
        result["symengine"] = seconds(lambda: [[fast.diff(x).diff(y) for x in variables] for y in variables])
    return result | {"ratio": result["sympy.hessian"] / result["seconds"]}


def taylor_coefficients() -> dict[str, Any]:
    """Taylor coefficients of the loss along a perturbation, order 16, enclosed, fifty digits: against
    mpmath.taylor."""
    from symplateau.taylor import approximate_taylor

    narrow = lattice_network(2, 2, 12)
    curve = descent_curve((Fraction(2), Fraction(-1)), 1, (1, 0))
    assert curve is not None
    wide, displacement = split(narrow, 1, (2, -1)), curve.displacement(narrow, 1)
    fact, moves = Fact(Problem(wide.problem())), in_time(list(map(polynomial, displacement)))
    ours = seconds(lambda: fact.series(200, moves, Interval(0, 0, 200), 16))
    peer = seconds(lambda: approximate_taylor(wide, displacement, 16, 50), 1)
    return {"seconds": ours, "mpmath.taylor": peer, "ratio": peer / ours}


def trained() -> dict[str, Any]:
    """`classify` and `plateau` of a trained network with about 30 parameters and 500 samples, and the
    shipped one."""
    network, shipped = trained_network(6, 4, 500), read_network(path("wine_tanh_4"))
    return {
        "parameters": network.n_parameters,
        "samples": network.n_samples,
        "verdict": classify(network).verdict,
        "classify": seconds(lambda: classify(network), 3),
        "plateau": seconds(lambda: plateau(network, 0, ["1/2", "1/2"]), 3),
        "classify wine_tanh_4": seconds(lambda: classify(shipped), 3),
        "plateau wine_tanh_4": seconds(lambda: plateau(shipped, 0, ["1/2", "1/2"]), 3),
    }


def kernel_recheck() -> list[dict[str, Any]]:
    """The pure-Python kernel re-checks a nondegenerate point; the exponents of growth between the sizes."""
    rows: list[dict[str, Any]] = []
    for m, d, n, seed in ((3, 2, 60, 3), (6, 4, 500, 1), (9, 10, 1000, 1)):
        argument = Argument(trained_network(m, d, n, seed))
        certificate = argument.certificate(certify_nondegenerate(argument))
        rows.append(
            {
                "parameters": argument.network.n_parameters,
                "samples": n,
                "seconds": seconds(lambda certificate=certificate: checked(certificate), 3),
            }
        )  # type: ignore[misc]
    return rows


def proofs() -> dict[str, Any]:
    """All proofs and their instances, cold, on the cores that there are."""
    start = time.perf_counter()
    rows = check(jobs=os.cpu_count() or 1)
    return {
        "seconds": time.perf_counter() - start,
        "claims": len(rows),
        "instances": sum(x.instances for x in rows),
        "open": [x.id for x in rows if x.verdict == "open"],
    }


def import_time() -> dict[str, Any]:
    """`import symplateau`, less an empty interpreter."""

    def run(code: str) -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    return {"seconds": seconds(lambda: run("import symplateau"), 9) - seconds(lambda: run("pass"), 9)}


JOBS: dict[str, Callable[[], Any]] = {
    "exact_hessian": exact_hessian,
    "taylor_coefficients": taylor_coefficients,
    "trained": trained,
    "kernel_recheck": kernel_recheck,
    "relu_types": kinks.types,
    "relu_end_points": kinks.end_points,
    "proofs": proofs,
    "import": import_time,
}


def main(names: list[str]) -> None:
    results = {name: JOBS[name]() for name in names or JOBS}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "machine": platform.machine()}
    print(json.dumps({"machine": machine, "jobs": results}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
