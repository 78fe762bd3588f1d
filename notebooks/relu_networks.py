# %% [markdown]
# # ReLU networks, exactly
#
# The loss of a ReLU network is piecewise polynomial. With rational data and weights you can decide
# *everything* about a point in $\mathbb{Q}$, kinks included: is it stationary, is it a minimum, and within
# which radius?
#
# You take small networks by hand through these questions, and end at a point that defeats every test along
# straight lines: from it the loss rises along all of them, and yet it is a saddle.
#
# Numbers are those of *Loss Landscape of Shallow ReLU-like Neural Networks* (Wu, Simsek, Ged). Neurons are
# counted from 0, the loss is $L = \tfrac12\sum(\hat y - y)^2$.

# %%
from copy import deepcopy
from fractions import Fraction

import matplotlib.pyplot as plt
import mpmath
import numpy as np
import sympy as sp

from symplateau import classify
from symplateau.kernel.certificate import check
from symplateau.kernel.format import CheckError, encode, load, seal
from symplateau.relu.curve import curve_path
from symplateau.relu.derivatives import tangential_derivative
from symplateau.relu.escape import escape_neurons
from symplateau.relu.expansion import expand
from symplateau.relu.network import Direction, ReluNetwork
from symplateau.relu.points import decide_type
from symplateau.relu.stationarity import NotStationary, Stationary, decide_stationarity

s = sp.Symbol("s", positive=True)


def rho(z):
    return sp.Max(z, 0)


def symbolic_loss(network, W, H):
    """The loss of ReLU networks, as the paper defines it: W by neuron, H by output."""
    terms = []
    for x, y in zip(network.X, network.Y, strict=True):
        hidden = [rho(sum(a * sp.Rational(b) for a, b in zip(w, x, strict=True))) for w in W]
        outputs = [sum(h * z for h, z in zip(row, hidden, strict=True)) for row in H]
        terms += [(f - sp.Rational(t)) ** 2 for f, t in zip(outputs, y, strict=True)]
    return sum(terms) / 2


# %% [markdown]
# ## 1 At a kink
#
# One neuron, $f(x) = h\,\rho(w\cdot x)$, at $w = (1, 0)$, $h = 1$. The sample $(1, 0)$ is fitted. The
# sample $(0, 1)$ lies **at the kink**, $w\cdot x = 0$, and you want $-2$ there, while the network says $0$.
#
# At a kink there is no gradient. There are one-sided derivatives, radial (along $w$) and tangential
# (orthogonal to $w$) (Lemma 3.2). Take the tangential ones, towards $(0, 1)$ and $(0, -1)$: once as limits
# of SymPy, once by formula (6).

# %%
def corner(target):
    return ReluNetwork.from_arrays([[1, 0], [0, 1]], [1, target], [[1, 0]], [1])


def one_sided(network, sign):
    """The derivative of the loss along w = (1, sign s), as a limit."""
    loss = symbolic_loss(network, [[1, sign * s]], [[1]])
    return sp.limit((loss - loss.subs(s, 0)) / s, s, 0, "+")


for target in (-2, 2):
    network, limits = corner(target), [one_sided(corner(target), sign) for sign in (1, -1)]
    exact = [tangential_derivative(network, 0, (Fraction(0), Fraction(sign))) for sign in (1, -1)]
    print(f"target {target:2}: towards (0, 1): {exact[0]}, towards (0, -1): {exact[1]}")
    assert limits == exact
    assert exact == [-target, 0]

# %% [markdown]
# A point is **stationary** if no one-sided derivative is negative (Definition 3.3). With many kinks these
# are infinitely many conditions. The program decides them by rational arithmetic, not by trying directions:
# it returns what proves them, or a direction in which the loss falls.

# %%
held, falling = decide_stationarity(corner(-2)), decide_stationarity(corner(2))
assert isinstance(held, Stationary)
assert isinstance(falling, NotStationary)
assert falling.derivative == -2 and falling.direction.W == ((0, 1),)
print("target -2: stationary")
print("target  2:", falling.reason)

# %% [markdown]
# ## 2 A minimum, and its radius
#
# Stay with the target $-2$. An **escape neuron** (Definition 4.1) has a tangential direction $v$ with
# $\partial L/\partial s = 0$, while $d^v_j\cdot v \ne 0$ for some output $j$: a small output weight would
# make the loss fall. Without escape neurons a stationary point is a local minimum (Theorem 4.2), *of type
# 1*. The program adds numbers: with $|d^v_j\cdot v| \le C\,\partial L/\partial s$ for all $v$, the loss is
# nowhere lower within the least of $1/(C\sqrt J)$ and all $|w\cdot x_k|/|x_k| \ne 0$, where $J$ is the
# number of outputs.

# %%
minimum = corner(-2)
assert escape_neurons(minimum) == ()
report = classify(minimum)
said = report.statement["says"]
print(report.verdict, "of type", report.content["kind"], "- the kernel says:", said)
assert report.verdict == "local minimum" and report.content["kind"] == 1
assert said["ball"] == "1" and said["escape neurons"] == []

# %% [markdown]
# The minimum is spurious. There is a lower point, outside the ball, of course:

# %%
elsewhere = ReluNetwork.from_arrays(minimum.X, minimum.Y, [[-1, 1]], [[-2]])
distance = sp.sqrt(2**2 + 1**2 + 3**2)
print("loss", minimum.loss, "here;", elsewhere.loss, "at the distance", distance)
assert elsewhere.loss < minimum.loss
assert distance > Fraction(said["ball"])

# %% [markdown]
# A certificate that claims too large a ball is rejected, although its digest is right.

# %%
forged = deepcopy(report.certificate)
[step] = [step for step in forged["steps"] if step["rule"] == "local minimum"]
step["radius"] = "4"
try:
    check(load(encode(seal(forged))))
    answer = "accepted"
except CheckError as error:
    answer = f"rejected: {error}"
print(answer)
assert answer.startswith("rejected")

# %% [markdown]
# ## 3 One more neuron, and the minimum is a saddle
#
# Add a second neuron with $w = (-1, 0)$ and output weight 0. No output changes: this is *inactive
# propagation* (section 4.3). But the sample $(0, 1)$ is at the kink of the new neuron too, and its output
# weight is free to choose a sign. It is an escape neuron. With one output that decides: the point is a
# saddle (Theorem 4.2).

# %%
saddle = ReluNetwork.from_arrays(minimum.X, minimum.Y, [[1, 0], [-1, 0]], [1, 0])
[escape] = escape_neurons(saddle)
report = classify(saddle)
falls = report.statement["says"]["falls"]
print(report.verdict, "- the loss falls at order", falls["order"], "along", falls["moves"])
assert escape.neuron == 1 and report.verdict == "saddle"
assert saddle.loss == minimum.loss and falls["order"] == 2

path = symbolic_loss(saddle, [[1, 0], [-1, s]], [[1, -s]])
print("the loss along it, by SymPy:", sp.expand(path))
assert sp.expand(path) == 2 - 2 * s**2 + s**4 / 2
assert expand(saddle, Direction.of_neuron(saddle, 1, w=(Fraction(0), Fraction(1)), h=(Fraction(-1),))
              ).coefficients == (2, 0, -2, 0, Fraction(1, 2))

# %% [markdown]
# ## 4 A maximum that is not stationary
#
# The smallest network of all: one sample $x = 1$, $y = 1$, and $f(x) = h\,\rho(w x)$ at $w = 0$, $h = 1$.
# To the right the loss falls at first order, so the point is *not stationary*. To the left nothing happens.
# No point nearby is higher: it is a *local maximum*. Both are said.

# %%
summit = ReluNetwork.from_arrays([[1]], [1], [[0]], [1])
report = classify(summit)
print(report.verdict, "- stationary:", report.content["given"]["stationary"])
assert report.verdict == "local maximum"
assert report.content["given"]["stationary"] == "no"
assert [tangential_derivative(summit, 0, (Fraction(sign),)) for sign in (1, -1)] == [-1, 0]

# %%
BLUE, ORANGE, GREY = "#1f5a99", "#d1660d", "#8a8a8a"
plt.rcParams |= {"figure.dpi": 90, "savefig.dpi": 90, "axes.spines.top": False, "axes.spines.right": False}
t = np.linspace(-1, 1, 401)
up = np.maximum(t, 0)
figure, axes = plt.subplots(1, 3, figsize=(9.5, 3), layout="constrained")
axes[0].plot(t, (up + 2) ** 2 / 2, color=BLUE)
axes[0].set(title="a minimum of type 1", xlabel="$t$,  $w = (1, t)$", ylabel="loss")
axes[1].plot(t, (-np.abs(t) * up + 2) ** 2 / 2, color=ORANGE)
axes[1].set(title="the saddle: a neuron added", xlabel="$t$,  $w_1 = (-1, t)$, $h_1 = -|t|$")
axes[2].plot(t, (up - 1) ** 2 / 2, color=BLUE)
axes[2].set(title="a maximum, not stationary", xlabel="$t$,  $w = t$")
for place, level in zip(axes, (2, 2, 0.5), strict=True):
    place.plot(0, level, "ko", markersize=6)
plt.show()

# %% [markdown]
# ## 5 Two outputs: escape neurons do not decide
#
# One neuron, $w = (1, 0)$, $h = (1, 0)$, the samples $(1, 1)$, $(1, -1)$, $(1, 0)$. The first output fits;
# the second has the residuals $\varepsilon, -\varepsilon, 0$. It is an escape neuron for every $\varepsilon
# \ne 0$. Let it move to $w = (1 + p, t)$, $h = (1 + a, b)$. No sample is at a kink, so the second
# derivative is an ordinary Hessian; SymPy finds it.

# %%
def pair(error):
    return ReluNetwork.from_arrays([[1, 1], [1, -1], [1, 0]], [[1, -error], [1, error], [1, 0]], [[1, 0]],
                                   [[1], [0]])


a, b, p, move, eps = sp.symbols("a b p t epsilon")
loss = sum(((1 + a) * (1 + p + x * move) - 1) ** 2 + (b * (1 + p + x * move) + x * eps) ** 2
           for x in (1, -1, 0)) / 2
hessian = sp.hessian(loss, (a, p, b, move)).subs({a: 0, p: 0, b: 0, move: 0})
sp.pprint(hessian)
assert hessian * sp.Matrix([1, -1, 0, 0]) == sp.zeros(4, 1)  # the scaling (w, h) -> (c w, h/c)
assert sp.solveset(hessian[2:, 2:].det(), eps, sp.S.Reals) == sp.FiniteSet(-sp.sqrt(6) / 2, sp.sqrt(6) / 2)

# %% [markdown]
# The scaling is flat in every network. Besides, the form is positive if $\varepsilon^2 < 3/2$ and
# indefinite if $\varepsilon^2 > 3/2$: a local minimum *with* an escape neuron, of type 2, or a saddle.

# %%
for error in (1, 2):
    found = decide_type(pair(error))
    kind = f" of type {found.kind}" if found.kind else ""
    print(f"residual {error}: {found.verdict}{kind}; escape neurons: {len(found.escapes)}")
    assert len(found.escapes) == 1 and (found.verdict == "saddle") is (2 * error**2 > 3)
assert classify(pair(2)).statement["says"]["falls"]["order"] == 2

# %% [markdown]
# ## 6 Every straight line rises, and a curve falls
#
# What if the form is only semidefinite? One looks at orders 3 and 4 along the directions where it vanishes.
# With one output this never happens: either there is no escape neuron, or the loss falls at second order
# along a straight line (Corollary 4.4). With two outputs it can deceive you. Two neurons A and B, four
# samples, no kinks:

# %%
X = [[5, 3], [4, -24], [3, 5], [-24, 4]]
Y = [[8, -8], [4, 4], [8, 8], [4, -4]]
network = ReluNetwork.from_arrays(X, Y, [[1, 0], [0, 1]], [[1, 1], [0, 0]])
print("outputs  ", [tuple(map(int, row)) for row in network.outputs])
print("residuals", [tuple(map(int, row)) for row in network.residuals])
print("loss     ", network.loss)
assert network.loss == 80
assert all(z != 0 for row in network.pre_activations for z in row)
assert isinstance(decide_stationarity(network), Stationary)
assert [escape.neuron for escape in escape_neurons(network)] == [0, 1]

# %% [markdown]
# Move along a line: $w_A = (1 + s p_A, s t_A)$, $h_A = (1 + s a_A, s b_A)$, and for B likewise. For small
# $s$ no sample changes its leg: A sees all samples but the last, B all but the second. The loss is a
# polynomial, $80 + q s^2 + c s^3 + k s^4$.

# %%
names = sp.symbols("a_A b_A p_A t_A a_B b_B p_B t_B")
aA, bA, pA, tA, aB, bB, pB, tB = names
SEEN = ((1, 1), (1, 0), (1, 1), (0, 1))  # by A, by B


def polynomial_loss(wA, hA, wB, hB):
    """The loss while every sample stays on its leg."""
    total = 0
    for x, y, (by_A, by_B) in zip(X, Y, SEEN, strict=True):
        zA, zB = by_A * (wA[0] * x[0] + wA[1] * x[1]), by_B * (wB[0] * x[0] + wB[1] * x[1])
        total += sum((hA[j] * zA + hB[j] * zB - y[j]) ** 2 for j in (0, 1))
    return total / sp.Integer(2)


line = sp.Poly(polynomial_loss((1 + s * pA, s * tA), (1 + s * aA, s * bA), (s * tB, 1 + s * pB),
                               (1 + s * aB, s * bB)), s)
q, c, k = (line.coeff_monomial(s**n) for n in (2, 3, 4))
assert line.coeff_monomial(1) == 80 and sp.expand(line.coeff_monomial(s)) == 0
assert line.degree() == 4

# %% [markdown]
# The form $q$ is a sum of five squares in eight unknowns: positive semidefinite, with a kernel of dimension
# 3.

# %%
SQUARES = [(20, aA + pA + aB + pB - sp.Rational(2, 5) * (tA + tB)), (5, bA - bB + 4 * (tA + tB)),
           (sp.Rational(384, 5), tA + tB), (5, aA + pA - aB - pB - 5 * (tA - tB)), (20, bA + bB + tA - tB)]
assert sp.expand(q - sum(factor * form**2 for factor, form in SQUARES)) == 0
kernel = sp.hessian(q, names).nullspace()
assert len(kernel) == 3
null = sp.solve([form for _, form in SQUARES], [aA, bA, aB, bB, tB], dict=True)[0]
for name, value in null.items():
    print(name, "=", value)

# %% [markdown]
# On the kernel the cubic term vanishes, and the quartic one is positive unless the move is zero: it is half
# the squared length of eight quadratic forms in $t_A, p_A, p_B$, from which $t_A^2 + p_A^2 + p_B^2$ can be
# combined. So **every** straight line rises.

# %%
cubic, quartic = (sp.expand(x.subs(null)) for x in (c, k))
print("c =", cubic)
print("k =", quartic)
assert cubic == 0

second = []
for x, (by_A, by_B) in zip(X, SEEN, strict=True):
    zA, zB = by_A * (pA * x[0] + tA * x[1]), by_B * (tB * x[0] + pB * x[1])
    second += [sp.expand((first * zA + other * zB).subs(null)) for first, other in ((aA, aB), (bA, bB))]
assert sp.expand(quartic - sum(form**2 for form in second) / 2) == 0
shares = [0, -292, -10, 255, 0, 0, -10, 329]
size = sum(share * form for share, form in zip(shares, second, strict=True))
print("40 (t_A^2 + p_A^2 + p_B^2) is a combination:", sp.factor(sp.expand(size)))
assert sp.expand(size - 40 * (tA**2 + pA**2 + pB**2)) == 0

# %% [markdown]
# Now bend the line. Let $t_A = s$, $t_B = -s$, and add a term $-6 s^2$ to both. It enters the loss at order
# 4, and outweighs $k$:
# $$w_A = (1,\ s - 6s^2),\quad w_B = (-s - 6s^2,\ 1),\quad h_A = (1 + 5s,\ -s),\quad h_B = (1 - 5s,\ -s).$$

# %%
CURVE = ((1, s - 6 * s**2), (1 + 5 * s, -s), (-s - 6 * s**2, 1), (1 - 5 * s, -s))
bent = sp.expand(polynomial_loss(*CURVE))
straight = sp.expand(polynomial_loss((1, s), (1 + 5 * s, -s), (-s, 1), (1 - 5 * s, -s)))
print("on the curve:        ", bent)
print("on the line below it:", straight)
assert bent == 80 - 3196 * s**4 + 545040 * s**6
assert straight == 80 + 16580 * s**4

# %% [markdown]
# The same once more, without trusting that no sample changes its leg: mpmath differentiates the loss as it
# is, with $\max(z, 0)$, at 60 digits.

# %%
def loss_on_curve(time):
    W = ((1, time - 6 * time**2), (-time - 6 * time**2, 1))
    H = ((1 + 5 * time, 1 - 5 * time), (-time, -time))
    total = mpmath.mpf(0)
    for x, y in zip(X, Y, strict=True):
        hidden = [max(w[0] * x[0] + w[1] * x[1], 0) for w in W]
        total += sum((sum(h * z for h, z in zip(row, hidden, strict=True)) - f) ** 2
                     for row, f in zip(H, y, strict=True))
    return total / 2


with mpmath.workdps(60):
    terms = mpmath.taylor(loss_on_curve, 0, 6)
    print([mpmath.nstr(mpmath.chop(term, 1e-30), 12) for term in terms])
    assert all(abs(x - y) < mpmath.mpf(10) ** -6
               for x, y in zip(terms, (80, 0, 0, 0, -3196, 0, 545040), strict=True))

# %% [markdown]
# Two pictures. On the left the plane of the straight direction $s$ and the bend $u$, in which $w$ moves by
# $u\,(0, -6)$ and $u\,(-6, 0)$ besides. The loss is lower than 80 only in the orange region. Near the point
# every straight line is outside; the curve $u = s^2$ is inside. On the right the loss along the curve,
# along the line that was bent, and along the line of the kernel of $q$ whose scalings make it rise least.

# %%
u = sp.Symbol("u")
plane = sp.lambdify((s, u), sp.expand(polynomial_loss((1, s - 6 * u), (1 + 5 * s, -s), (-s - 6 * u, 1),
                                                      (1 - 5 * s, -s))) - 80)
least = sp.lambdify((pA, pB), quartic.subs(tA, 1))
scales = np.linspace(-2, 2, 81)
lowest = min((least(x, y), x, y) for x in scales for y in scales)

figure, (left, right) = plt.subplots(1, 2, figsize=(9.5, 4), layout="constrained")
times, bends = np.meshgrid(np.linspace(-0.06, 0.06, 481), np.linspace(-0.002, 0.006, 481))
change = plane(times, bends)
left.contourf(times, bends, change, [change.min(), 0, change.max()], colors=["#f6c89a", "#e8eef6"])
left.contour(times, bends, change, [0], colors="black", linewidths=0.8)
reach = np.linspace(-0.06, 0.06, 241)
left.plot(reach, reach**2, color=ORANGE, linewidth=2)
for slope in (0, 0.05, -0.05):
    left.plot(reach, slope * reach, color=BLUE, linewidth=1.2)
left.plot(0, 0, "ko", markersize=6)
for text, tip, place, colour in (("$L < 80$", (-0.05, 0.0019), (-0.056, 0.0002), "black"),
                                 ("the curve $u = s^2$", (0.045, 0.002025), (0.004, 0.0048), ORANGE),
                                 ("straight lines", (0.02, 0.001), (-0.03, 0.0032), BLUE)):
    left.annotate(text, tip, place, color=colour, fontsize=9, arrowprops={"arrowstyle": "-", "color": colour})
left.set(ylim=(-0.002, 0.006), xlabel="$s$", ylabel="$u$", title="the loss is lower between the black curves")
right.axhline(0, color=GREY, linewidth=0.8)
for height, label, colour in ((16580, "the line that is bent", BLUE),
                              (lowest[0], "with the best scalings", GREY)):
    right.plot(reach, height * reach**4, color=colour, label=label)
right.plot(reach, -3196 * reach**4 + 545040 * reach**6, color=ORANGE, linewidth=2, label="the curve")
right.set(ylim=(-0.05, 0.08), xlabel="$s$", ylabel="$L - 80$", title="the loss along lines and the curve")
right.legend(frameon=False, loc="lower center")
plt.show()
assert lowest[0] > 0

# %% [markdown]
# Could you have found out by trying? The authors check their minima with 5,000 random perturbations. Here
# are as many, at three distances:

# %%
def float_losses(moves):
    """The loss at many moved points; a row: w_A, w_B, then both output weights of A, and of B."""
    start = np.array([1.0, 0, 0, 1, 1, 0, 1, 0])
    points = start + moves
    hidden = np.maximum(np.einsum("rnd,kd->rnk", points[:, :4].reshape(-1, 2, 2), np.array(X, float)), 0)
    outputs = np.einsum("rnk,rnj->rkj", hidden, points[:, 4:].reshape(-1, 2, 2))
    return ((outputs - np.array(Y, float)) ** 2).sum(axis=(1, 2)) / 2


random = np.random.RandomState(2024)
for radius in (1e-1, 1e-2, 1e-3):
    moves = random.standard_normal((5000, 8))
    moves *= radius / np.linalg.norm(moves, axis=1)[:, None]
    lower = int((float_losses(moves) < 80).sum())
    print(f"distance {radius}: {lower} of 5000 are lower")
    assert lower == 0
on_curve = np.array([[0, 0.01 - 0.0006, -0.01 - 0.0006, 0, 0.05, -0.01, -0.05, -0.01]])
print(f"on the curve, s = 0.01: the loss changes by {float_losses(on_curve)[0] - 80:.2e}")
assert float_losses(on_curve)[0] < 80

# %% [markdown]
# `classify` is not deceived. It finds a curve of its own, and the kernel re-checks it: stationary, escape
# neurons, a path that falls at order 4, another that rises. A saddle.

# %%
report = classify(network)
falls = report.statement["says"]["falls"]
print(report.verdict, "- the loss falls at order", falls["order"], "on a curve, and rises at order",
      report.statement["says"]["rises"]["order"])
assert any("t**2" in formula for move in falls["moves"] for formula in (*move["w"], *move["h"]))
assert report.verdict == "saddle" and falls["order"] == 4
assert report.content["strict_saddle"] is None
assert check(load(encode(report.certificate))) == report.statement

D1 = Direction(((Fraction(0), Fraction(1)), (Fraction(-1), Fraction(0))),
               ((Fraction(5), Fraction(-5)), (Fraction(-1), Fraction(-1))))
D2 = Direction(((Fraction(0), Fraction(-6)), (Fraction(-6), Fraction(0))), ((Fraction(0),) * 2,) * 2)
ours = curve_path(network, (D1, D2))
assert ours is not None and ours.falls and ours.order == 4
assert expand(network, D1).coefficients[1:] == (0, 0, 0, 16580)

# %% [markdown]
# That all lines rise is a claim of its own, `S/relu-curve`: `symplateau ledger S/relu-curve` prints it, and
# `python proofs/symplateau/relu_curve.py` proves it once more.
