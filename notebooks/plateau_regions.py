# %% [markdown]
# # The regions of a plateau
#
# Split a neuron of a stationary network, and you get not one stationary point but an affine set of them: the
# **plateau** (10). Which of its points are local minima, and which are saddles? Theorems 1 and 2 answer by
# two things only: the definiteness of the inner Hessian (11) and the signs of the coefficients $\lambda$.
#
# You design an exactly stationary tanh network, draw its plateau for two and for three daughters, look at the
# loss near two of its points, and see why looking is not enough. Then you take a certificate apart.
#
# Numbers in parentheses, lemmas and theorems are those of *A Geometric Characterization of the Stationary
# Plateau for Two-Layer Neural Networks* (Ding, Li, Sun). Neurons are counted from 0.

# %%
from collections.abc import Callable
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import Image, display

from symplateau import Network, classify, plateau, split
from symplateau.design import design
from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError, Malformed, encode, load, seal
from symplateau.perturbations import descent_curve
from symplateau.report.picture import STYLE, draw
from symplateau.splitting import example_coefficients, is_in_nd, is_in_pd, is_in_saddle, signs
from symplateau.taylor import approximate_curvature

# %% [markdown]
# ## 1 An exactly stationary network
#
# Two tanh neurons, two inputs, ten samples. The hidden weights are integer multiples of $\log 2$, so all
# values of $\tanh$ and of its derivatives are rational. Stationarity (30) is linear in the residual
# $e = \hat y - y$, and so is the inner Hessian of neuron 1,
# $$(H_1)_{jk} = v_1\,\langle e, z_1''\circ x_j\circ x_k\rangle . \qquad (11)$$
# `design` solves these equations over $\mathbb{Q}$ for a residual, makes it so small that the Gauss–Newton
# part of (12) wins, and sets the targets $y = \hat y - e$. You choose $H_1$ up to a positive factor, here in
# four ways.

# %%
X = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1], [1, 2], [-1, 2], [2, -1], [3, 1], [1, 3]]
start = Network.from_arrays("tanh", X, [0] * 10, [1, 2], [[1, 0], [1, -1]], W_unit="log(2)")
NEURON = 1
TARGETS = {
    "positive definite": [[2, 0], [0, 1]],
    "negative definite": [[-2, 0], [0, -1]],
    "indefinite": [[1, 0], [0, -1]],
    "positive semidefinite": [[1, 0], [0, 0]],
}
networks = {name: design(start, NEURON, target) for name, target in TARGETS.items()}

for name, network in networks.items():
    report = classify(network)
    print(f"H_1 {name}:".ljust(27), report.verdict, report.content["index"])
    assert report.content["given"]["stationary"] == "yes"
    assert report.verdict == "strict local minimum" and report.content["index"] == [6, 0, 0]

# %% [markdown]
# The verdict comes from a kernel that computes with rationals: the gradient is zero, not small. All four
# narrow networks are strict local minima. Only the inner Hessians differ.
#
# ## 2 Two daughters: a line
#
# Give neuron 1 two daughters (Definition 1), with $\lambda_0 + \lambda_1 = 1$. The plateau is a line, and
# $\lambda_0$ runs along it. `plateau` asks the kernel for a verdict on every **sign pattern**, since neither
# theorem looks at anything but signs: $\Lambda_{PD}$ has all $\lambda_j > 0$ (13a), $\Lambda_{ND}$ one
# positive and all others negative (13b).

# %%
Regions = dict[str, str]  # the signs, "+" before "0" before "-", and the verdict there


def regions(network: Network, daughters: int) -> Regions:
    report = plateau(network, NEURON, daughters=daughters)
    return {region["signs"]: region["verdict"] for region in report.content["regions"]}


def verdict_at(found: Regions, *coefficients: Any) -> str:
    return found["".join(sorted(signs(coefficients), key="+0-".index))]


lines = {name: regions(network, 2) for name, network in networks.items()}
for name, found in lines.items():
    print(f"H_1 {name}:".ljust(27), ", ".join(f"{pattern} {verdict}" for pattern, verdict in found.items()))

assert lines["positive definite"] == {"++": "local minimum", "+0": "saddle", "+-": "saddle"}
assert lines["negative definite"] == {"++": "saddle", "+0": "saddle", "+-": "local minimum"}
assert lines["indefinite"] == {"++": "saddle", "+0": "saddle", "+-": "saddle"}
assert lines["positive semidefinite"] == {"++": "undecided", "+0": "saddle", "+-": "saddle"}

# %% [markdown]
# The picture draws these answers and nothing else. Every colour comes with a word.

# %%
plt.rcParams |= {"hatch.linewidth": 0.6, "figure.dpi": 90, "savefig.dpi": 90}


def draw_line(axes: Any, height: float, found: Regions) -> None:
    """The intervals of lambda_0, and the two points where a coefficient vanishes."""
    for left in (-1, 0, 1):
        middle = left + Fraction(1, 2)
        verdict = verdict_at(found, middle, 1 - middle)
        colour, hatch = STYLE[verdict]
        style = {"facecolor": colour, "hatch": hatch, "edgecolor": "#00000055", "linewidth": 0}
        axes.barh(height, 1, left=left, height=0.6, **style)
        box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none", "alpha": 0.9}
        axes.text(float(middle), height, verdict, ha="center", va="center", bbox=box)
    for end in (0, 1):
        colour, _ = STYLE[verdict_at(found, end, 1 - end)]
        axes.plot(end, height, "o", markersize=11, color=colour, markeredgecolor="black", zorder=5)


figure, axes = plt.subplots(figsize=(9, 3.2), layout="constrained")
for height, found in enumerate(reversed(lines.values())):
    draw_line(axes, height, found)
axes.set_yticks(range(len(lines)), [f"$H_1$ {name}" for name in reversed(lines)])
axes.set_xticks([-1, 0, 0.5, 1, 2], ["\u22121", "0", "1/2", "1", "2"])
axes.set(xlim=(-1, 2), xlabel=r"$\lambda_0 = 1 - \lambda_1$  (a dot: one coefficient is 0)")
axes.set_title("Two daughters: what the split point is")
axes.spines[["top", "right", "left"]].set_visible(False)
axes.tick_params(left=False)
plt.show()

# %% [markdown]
# With $H_1$ positive definite, you get minima exactly between the two dots, $\lambda \in \Lambda_{PD}$
# (Theorem 1.1). With $H_1$ negative definite, exactly outside (Theorem 1.2). The dots are saddles in both
# cases. An indefinite $H_1$ leaves saddles only (Theorem 1.3). A semidefinite one is the business of Theorem
# 2: saddles on $\Lambda_{saddle} = \Lambda\setminus(\Lambda_{PD}\cup\Lambda_{ND})$; Lemma 4.1 adds
# $\Lambda_{ND}$ here, and on $\Lambda_{PD}$ no theorem decides. The program then says `undecided`, and does
# not guess.
#
# ## 3 Three daughters: a plane
#
# Now $\lambda_0 + \lambda_1 + \lambda_2 = 1$ is a plane. The three lines $\lambda_j = 0$ cut it into seven
# open regions, nine pieces of lines and three points. Up to the order of the coefficients these are six sign
# patterns.
#
# You draw the map with the function behind `symplateau plateau NETWORK --neuron 1 --plot FILE`. On the
# slanted line $\lambda_2 = 0$, and below it $\lambda_2 > 0$.

# %%
planes = {name: regions(network, 3) for name, network in networks.items()}
assert all(set(found) == {"+++", "++0", "++-", "+00", "+0-", "+--"} for found in planes.values())
assert set(planes["indefinite"].values()) == {"saddle"}

with TemporaryDirectory() as folder:
    for name in ("positive definite", "negative definite", "positive semidefinite"):
        file = Path(folder) / "plane.png"
        draw(str(file), plateau(networks[name], NEURON, daughters=3).content, f"H {name}")
        display(Image(file.read_bytes(), width=430))

# %% [markdown]
# Minima fill the open triangle, or the three open wedges behind its corners. With an indefinite $H_1$ there
# are none. A line $\lambda_j = 0$ holds no minimum here: its points are saddles, the corners included.
#
# You can compare each answer with the definitions (13). The predicates of `symplateau.splitting` are one line
# each.

# %%
for name, found in planes.items():
    for pattern, verdict in found.items():
        shares = example_coefficients(pattern)
        if name == "positive definite":
            assert (verdict == "local minimum") is is_in_pd(shares)
        if name == "negative definite":
            assert (verdict == "local minimum") is is_in_nd(shares)
        if name == "indefinite" or is_in_saddle(shares):
            assert verdict == "saddle"
print("Theorem 1 and Theorem 2 name the same regions as the kernel")

# %% [markdown]
# ## 4 Looking at the loss
#
# Take the network with positive definite $H_1$, two daughters, a unit vector $a$, and two ways to move:
# * **apart**: one daughter by $s a/\lambda_0$, the other by $-s a/\lambda_1$, as in (143);
# * **together**: both by $t a$, a move of the narrow network copied by (68).
#
# To second order the first changes the loss by
# $\tfrac{s^2}{2}\bigl(\tfrac1{\lambda_0} + \tfrac1{\lambda_1}\bigr) a^\top H_1 a$, as in (147). The second
# can only raise it. The pictures are floating-point samples of the loss of the wide network.

# %%
network = networks["positive definite"]
a = np.array([1.0, 0.0])
reach = np.linspace(-1, 1, 61)


def wide_sample(coefficients: list[str]) -> tuple[Network, np.ndarray, float]:
    """The wide network, its parameters and its loss in floating point."""
    wide = split(network, NEURON, coefficients)
    theta = np.array([float(x) for x in wide.theta()])
    return wide, theta, wide.float_loss(theta)


def slice_of_loss(coefficients: list[str], apart: float, together: float) -> np.ndarray:
    """L(theta + moves) - L(theta) on a grid; rows: together."""
    wide, theta, level = wide_sample(coefficients)
    first, second = np.zeros_like(theta), np.zeros_like(theta)
    shares = [float(Fraction(x)) for x in coefficients]
    for daughter, step in ((0, 1 / shares[0]), (1, -1 / shares[1])):
        place = slice(3 + 2 * (NEURON + daughter), 5 + 2 * (NEURON + daughter))
        first[place], second[place] = apart * step * a, together * a
    return np.array([[wide.float_loss(theta + s * first + t * second) - level for s in reach] for t in reach])


MINIMUM, SADDLE, EDGE = ["1/2", "1/2"], ["3/2", "-1/2"], ["1", "0"]
figure, grid = plt.subplots(1, 2, figsize=(9, 4.1), layout="constrained", sharey=True)
APART, TOGETHER = 0.06, 0.015
for axes, shares, title in zip(grid, (MINIMUM, SADDLE), ("a minimum", "a saddle"), strict=True):
    change = 1e3 * slice_of_loss(shares, APART, TOGETHER)
    size = np.abs(change).max()
    place = (APART * reach, TOGETHER * reach, change)
    shown = axes.contourf(*place, np.linspace(-size, size, 25), cmap="PuOr_r")
    if change.min() < 0:
        axes.contour(*place, [0], colors="black", linewidths=1.4)
    axes.plot(0, 0, "k+", markersize=11, markeredgewidth=2)
    axes.set(title=rf"$\lambda = ({', '.join(shares)})$: {title}", xlabel="$s$, daughters apart")
    figure.colorbar(shown, ax=axes, label=r"$10^3\,(L - L(\theta))$", format="%.1f")
grid[0].set_ylabel("$t$, daughters together")
plt.show()

# %% [markdown]
# On the left a bowl. On the right a pass: inside the black lines, left and right of the cross, the loss is
# lower.
#
# ### Why a picture proves nothing
#
# You saw the pass because you knew where to look. Draw points at random from a ball around the split point
# instead, as one would for a network that somebody else has trained:

# %%
RADII, SAMPLES = (1e-1, 1e-2, 1e-3), 4000
print(f"{'':31}lower points, of {SAMPLES},")
print(f"{'lambda':14}{'the kernel says':17}within radius", *(f"{radius:6}" for radius in RADII))
for shares in (MINIMUM, SADDLE, EDGE):
    wide, theta, level = wide_sample(shares)
    random, counts = np.random.RandomState(2024), []  # its numbers are the same in every NumPy
    for radius in RADII:
        moves = random.standard_normal((SAMPLES, len(theta)))
        moves *= radius / np.linalg.norm(moves, axis=1)[:, None]
        moves *= random.random_sample((SAMPLES, 1)) ** (1 / len(theta))  # now uniform in the ball
        counts.append(sum(wide.float_loss(theta + move) < level for move in moves))
    verdict = plateau(network, NEURON, shares).verdict
    print(f"({', '.join(shares)})".ljust(13), verdict.ljust(29), *(f"{x:6}" for x in counts))
    assert verdict == ("local minimum" if shares == MINIMUM else "saddle")

# %% [markdown]
# Of 24,000 points around the two saddles a single one is lower. The directions that fall make up so thin a
# cone that thousands of random points miss it. Lemma 4 constructs a point in it, for both saddles, and you
# can evaluate the loss there:

# %%
TIME = Fraction(1, 20)
for shares in (SADDLE, EDGE):
    curve = descent_curve(shares, 1, (1, 0))
    assert curve is not None and approximate_curvature(network, NEURON, curve.direction) > 0
    wide, theta, level = wide_sample(shares)
    move = [float(sum(c * TIME**k for k, c in enumerate(x))) for x in curve.displacement(network, NEURON)]
    change = wide.float_loss(theta + np.array(move)) - level
    print(f"({', '.join(shares)}), along {curve.equation}, t = {TIME}: the loss changes by {change:.2e}")
    assert change < 0

# %% [markdown]
# A lower point in floating point is still not a proof that there are lower points *arbitrarily near*, and no
# number of higher points proves a minimum. Both need an argument.
#
# ## 5 A certificate
#
# The argument is a file. You ask for the verdict at $\lambda = (\tfrac12, \tfrac12)$ and get its certificate
# with it: the network in full and a few steps, all numbers exact rationals in text.

# %%
report = plateau(network, NEURON, MINIMUM)
certificate = report.certificate
assert certificate is not None
for number, step in enumerate(certificate["steps"]):
    shown = {key: step[key] for key in ("from", "neuron", "daughters", "coefficients") if key in step}
    print(number, step["rule"].ljust(20), shown)

# %% [markdown]
# The kernel reads the bytes, believes none of them, and returns a **statement** or rejects. A *split minimum*
# gives a ball around the split point on which the loss is not below $L(\theta)$: Theorem 1 with its $\delta$
# made explicit.

# %%
statement = check(load(encode(certificate)))
assert statement == report.statement
assert statement["about"] == network.problem()

conclusions = {part["kind"]: part["says"] for part in statement["says"]["all"]}
assert conclusions["point"]["type"] == "local minimum"
assert conclusions["point"]["splits"] == [{"neuron": 1, "coefficients": ["1/2", "1/2"]}]
assert Fraction(conclusions["point"]["ball"]) > 0
assert {x["signs"]: x["type"] for x in conclusions["plateau"]["regions"]} == lines["positive definite"]
print("type:", conclusions["point"]["type"])
print("a ball of positive radius is in the statement:", Fraction(conclusions["point"]["ball"]) > 0)
print("rests on:", ", ".join(statement["rests_on"]))

# %% [markdown]
# ### Spoil it
#
# The file carries a digest of itself. That catches damage, not a forger: whoever changes the content can seal
# it again. So seal it again after each change. What must protect you is the argument itself.

# %%
Certificate = dict[str, Any]


def rule(certificate: Certificate, name: str) -> dict[str, Any]:
    return next(step for step in certificate["steps"] if step["rule"] == name)


def move_target(certificate: Certificate) -> None:
    targets = certificate["problem"]["y"]
    targets[0] = str(Fraction(targets[0]) + Fraction(1, 10**9))


def widen_ball(certificate: Certificate) -> None:
    step = rule(certificate, "split minimum")
    step["radius"] = str(1024 * Fraction(step["radius"]))


def leave_region(certificate: Certificate) -> None:
    rule(certificate, "split minimum")["coefficients"] = SADDLE


def flip_inner_hessian(certificate: Certificate) -> None:
    step = rule(certificate, "inertia")
    step["signs"] = [-sign for sign in step["signs"]]


def drop_stationarity(certificate: Certificate) -> None:
    certificate["steps"][0] = {"rule": "zero residual"}


def invent_rule(certificate: Certificate) -> None:
    rule(certificate, "split minimum")["rule"] = "obvious minimum"


def answer(certificate: Certificate) -> str:
    """What the kernel says to these bytes."""
    try:
        check(load(encode(certificate)))
    except (Malformed, CheckError) as error:
        return f"{type(error).__name__}: {error}"
    return "accepted"


FORGERIES: list[Callable[[Certificate], None]] = [move_target, widen_ball, leave_region]
FORGERIES += [flip_inner_hessian, drop_stationarity, invent_rule]
damaged = deepcopy(certificate)
move_target(damaged)
print("move_target, not sealed again:\n   ", answer(damaged)[:100])
assert answer(damaged).startswith("Malformed")
for forge in FORGERIES:
    spoiled = deepcopy(certificate)
    forge(spoiled)
    print(f"{forge.__name__}:\n   ", answer(seal(spoiled)).split("; got")[0][:100])
    assert answer(seal(spoiled)).startswith("CheckError")
assert answer(certificate) == "accepted"

# %% [markdown]
# Each forgery is rejected, with the step, the rule and what the rule expected. A target moved by $10^{-9}$
# already breaks stationarity, since the gradient must vanish exactly.
#
# Not every change is a forgery. Ask at another point of the same region, and the kernel will prove another,
# equally true statement. It is never the same statement about another point.

# %%
moved = deepcopy(certificate)
rule(moved, "split minimum")["coefficients"] = ["1/3", "2/3"]
other = check(load(encode(seal(moved))))
assert other != statement
assert other["says"]["all"][1]["says"]["splits"] == [{"neuron": 1, "coefficients": ["1/3", "2/3"]}]
print("accepted, as a statement about lambda = (1/3, 2/3)")
