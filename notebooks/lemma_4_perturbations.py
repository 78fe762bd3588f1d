# %% [markdown]
# # The perturbations of Lemma 4
#
# Lemma 4 says that many split points are saddles. Its proof builds a curve for each case and claims that the
# loss falls along it: (132) and (143) inside the regions, and (139) or (149) first where a coefficient is
# zero.
#
# You check every one of these claims three times, by means that share no code:
# * **mpmath** expands the loss itself in a Taylor series, to 60 digits;
# * a **size-free** formula predicts the leading coefficient from the inner Hessian alone;
# * the **kernel** proves the sign of the change on a whole interval $(0, t_0]$, in intervals of its own.
#
# Then you see why the fall is only of third order on the boundary, and you derive a counterexample to the
# second part of the lemma as it is printed.
#
# Numbers in parentheses, lemmas and theorems are those of *A Geometric Characterization of the Stationary
# Plateau for Two-Layer Neural Networks* (Ding, Li, Sun). Neurons are counted from 0.

# %%
from fractions import Fraction
from typing import Any

import matplotlib.pyplot as plt
import mpmath
import numpy as np
import sympy
from IPython.display import display

from symplateau import Network, classify, plateau, split, symbolic
from symplateau.argument import Argument, checked
from symplateau.designs import NEURON, branch, narrow
from symplateau.kernel.format import Rejected
from symplateau.paths import ascent, descent
from symplateau.perturbations import SplitCurve, descent_curve
from symplateau.splitting import is_in_minus
from symplateau.taylor import approximate_curvature, approximate_loss, approximate_taylor

# %% [markdown]
# ## 1 One formula for all four curves
#
# All curves keep every other neuron. The daughters get $v_{r+j} = \lambda_j(t)\,\underline v_r$ and move
# along one vector, $w_{r+j} = \underline w_r + c_j(t)\,a$. Put $p_1 = z_r'\circ(Xa)$,
# $p_2 = z_r''\circ(Xa)^2$ and so on. The outputs move by
# $$\Delta\hat y = \underline v_r\Bigl(M_1 p_1 + \tfrac12 M_2 p_2 + \tfrac16 M_3 p_3 + \dots\Bigr), \qquad
#   M_k(t) = \sum_j \lambda_j(t)\,c_j(t)^k ,$$
# and by (19) the loss by exactly $\tfrac12\|\Delta\hat y\|^2 + \langle e, \Delta\hat y\rangle$,
# $e = \hat y - y$. The curves are made so that $M_0 = 1$ and $M_1 = 0$. Now (11) says
# $\underline v_r\langle e, p_2\rangle = a^\top H_r a$, so
# $$L(\theta(t)) - L(\theta) = \tfrac12\,M_2(t)\;a^\top H_r\,a \;+\; \text{higher order} .$$
# The number of daughters enters through $M_2$ alone, the numbers of neurons, inputs and samples through
# $a^\top H_r a$ alone.
#
# What is $M_2$? With $S_\pm$ as in (130) you get $\tfrac{1}{|S_+|} - \tfrac{1}{|S_-|} < 0$ for (132), as in
# (137), and $\tfrac1{\lambda_0} + \tfrac1{\lambda_1} > 0$ for (143), as in (147), times $t^2$. Let SymPy add
# it up for symbolic coefficients.

# %%
t, x, p, q = sympy.symbols("t lambda p q", positive=True)  # in (132): p = S_+, q = |S_-| = p - 1


def moments(daughters: list[tuple[Any, Any]]) -> list[Any]:
    """M_0, M_1, M_2 of daughters (lambda_j, c_j)."""
    return [sympy.factor(sum(share * c**k for share, c in daughters)) for k in range(3)]


# (132): all daughters with lambda_j >= 0 move alike, so only the sum of their coefficients counts.
across = [m.subs(q, p - 1) for m in moments([(p, t / p), (-q, t / q)])]
# (143): two daughters, lambda_0 = x and lambda_1 = p; all others, 1 - x - p together, stay.
apart = moments([(x, t / x), (p, -t / p), (1 - x - p, 0)])
# (139)+(132) and (149)+(143): first the coefficient 0 becomes -t or t, and a donor x pays.
leave_across = moments([(x + t, t**2), (-t, t + t**2), (1 - x, t**2)])
leave_apart = moments([(x - t, t**2), (t, -t * (x - t)), (1 - x, 0)])

names = ("(132)", "(143)", "(139)+(132)", "(149)+(143)")
for name, found in zip(names, (across, apart, leave_across, leave_apart), strict=True):
    print(name.ljust(12), "M_0, M_1, M_2 =", ", ".join(str(sympy.factor(m)) for m in found))
    assert sympy.simplify(found[0]) == 1 and sympy.simplify(found[1]) == 0

assert sympy.simplify(across[2] - t**2 * (1 / p - 1 / (p - 1))) == 0
assert sympy.simplify(apart[2] - t**2 * (1 / x + 1 / p)) == 0
assert sympy.expand(leave_across[2] + t**3 * (1 + t)) == 0
assert sympy.expand(leave_apart[2] - x * t**3 * (x - t)) == 0

# %% [markdown]
# The signs are those that the proof needs: $M_2 < 0$ for (132) and (139)+(132), to be used with
# $a^\top H_r a > 0$; and $M_2 > 0$ for (143) and (149)+(143), to be used with $a^\top H_r a < 0$. The proof
# takes two steps on the boundary, first (139) or (149) and then a second curve from there. Here both steps
# are one polynomial curve in $t$. You can compare with the curves that the program uses:

# %%
first = (Fraction(1), Fraction(0))
for text, sign, equation in zip(("2 -1", "1/2 1/2", "1 0", "1 0"), (1, -1, 1, -1), names, strict=True):
    curve = descent_curve(text.split(), sign, first)
    assert curve is not None and curve.equation == equation
    moment = " + ".join(f"({c}) t^{k}" for k, c in enumerate(curve.moment(2)) if c)
    print(equation.ljust(12), f"lambda = ({', '.join(text.split())})".ljust(20), "M_2 =", moment)

# %% [markdown]
# ## 2 Three answers, one table
#
# The networks have two neurons, two inputs and 14 samples; neuron 1 is split. They are designed to be
# stationary with an indefinite inner Hessian, so $a^\top H_1 a > 0$ for the first unit vector and $< 0$ for
# the second: all four curves apply to the same network. The values of tanh are exact (weights in multiples of
# $\log 2$, trust `exact`); those of erf are irrational, and the kernel works with the one exact stationary
# point near the given numbers.
#
# * *mpmath*: the coefficient of $t^{\text{order}}$ in the expansion of the loss of the **wide** network;
# * *size-free*: half the leading coefficient of $M_2$, times $a^\top H_1 a$ of the **narrow** network;
# * *until*: the kernel proves $L(\theta(t)) < L(\theta)$ for all $0 < t \le t_0$.

# %%
ACROSS = [("2 -1", 1), ("3 -1 -1", 1), ("1 1 1 -1 -1", 1)]
APART = [("1/2 1/2", -1), ("1/3 1/3 1/3", -1), ("2 1/2 -3/2", -1)]
BOUNDARY = [("1 0", 1), ("1/2 1/2 0", 1), ("1 0", -1), ("2 0 -1", -1)]


def rationals(text: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(share) for share in text.split())


rows: dict[tuple[str, str, int], dict[str, Any]] = {}
print(f"{'':6}{'curve':13}{'lambda':20}order  {'mpmath':21}{'size-free':21}until")
for label in ("tanh", "erf"):
    start, source = narrow(label, "id")
    for text, sign in ACROSS + APART + BOUNDARY:
        argument = branch(start)
        step, row = descent(argument, source, rationals(text), sign)
        path = checked(argument.certificate(step))["says"]["path"]
        assert path["sense"] == "falls" and path["until"] == row["until"]
        assert row["measured"] == row["size-free"] and float(row["measured"]) < 0
        assert row["order"] == (3 if (text, sign) in BOUNDARY else 2)
        rows[label, text, sign] = row
        shown = f"({text.replace(' ', ', ')})"
        numbers = f"{row['measured']:21}{row['size-free']:21}{row['until']}"
        print(f"{label:6}{row['equation']:13}{shown:20}{row['order']:3}    {numbers}")

# %% [markdown]
# All 15 digits agree, for two to five daughters. They agree far beyond: `descent` raises an error unless the
# relative difference is below $10^{-40}$. You can look at one of them, along with the coefficients before it.
#
# For tanh you can even say which number it is. The inner Hessian is $\operatorname{diag}(1, -1)$ exactly, and
# $a$ is measured in units of $\log 2$. On the boundary $M_2 = -t^3 - t^4$, so the coefficient must be
# $-\tfrac12(\log 2)^2$.


# %%
def curve_of(text: str, sign: int) -> Any:
    """The curve for these coefficients, along the first or the second unit vector."""
    return descent_curve(text.split(), sign, (1, 0) if sign > 0 else (0, 1))


def expand(network: Network, curve: SplitCurve, order: int) -> Any:
    """The Taylor coefficients of the loss of the wide network along the curve."""
    wide = split(network, NEURON, curve.coefficients)
    return approximate_taylor(wide, curve.displacement(network, NEURON), order, 60)


tanh = narrow("tanh", "id")[0].network
curve = curve_of("1 0", 1)
assert symbolic.at(symbolic.inner_hessian(tanh, NEURON), tanh) == sympy.diag(1, -1)
with mpmath.workdps(60):
    coefficients = expand(tanh, curve, 5)
    exact = -(mpmath.log(2) ** 2) / 2
    for k, coefficient in enumerate(coefficients):
        print(f"t^{k}:", mpmath.nstr(coefficient, 20) if abs(coefficient) > 1e-50 else "less than 1e-50")
    assert abs(coefficients[1]) < 1e-50 and abs(coefficients[2]) < 1e-50
    assert abs(coefficients[3] - exact) < 1e-50
    assert abs(approximate_curvature(tanh, NEURON, curve.direction, 60) / 2 + exact) < 1e-50

# %% [markdown]
# The coefficient of $t^0$ is the loss itself. Those of $t$ and $t^2$ vanish. The first that counts is that of
# $t^3$.
#
# ## 3 Taylor against the truth
#
# The left pictures show $L(\theta(t)) - L(\theta)$ at 60 digits, the leading Taylor term, and the Taylor
# polynomial of order 8. The right picture shows the same fall on logarithmic scales: straight lines of slope
# 2 inside the regions, of slope 3 on the boundary. Where the kernel has a proof, the line is thick.

# %%
SHOWN = [
    ("2 -1", 1, "#0072B2", "s", 0.25),
    ("1/2 1/2", -1, "#D55E00", "o", 0.14),
    ("1 0", 1, "#009E73", "^", 0.25),
    ("2 0 -1", -1, "#A0588C", "v", 0.25),
]
plt.rcParams |= {"font.size": 10, "axes.titlesize": 10, "figure.dpi": 90, "savefig.dpi": 90}


def real(x: Fraction) -> Any:
    return mpmath.mpf(x.numerator) / x.denominator


def change(network: Network, curve: SplitCurve, at: float) -> float:
    """L(theta(t)) - L(theta), from the definition of the loss."""
    with mpmath.workdps(60):
        wide, t = split(network, NEURON, curve.coefficients), mpmath.mpf(at)
        theta = [real(x) for x in wide.theta()]
        moved = list(theta)
        for place, powers in enumerate(curve.displacement(network, NEURON)):
            moved[place] += sum(real(c) * t**k for k, c in enumerate(powers))
        return float(approximate_loss(wide, moved) - approximate_loss(wide, theta))


figure = plt.figure(figsize=(10, 5), layout="constrained")
grid = figure.add_gridspec(2, 4)
right = figure.add_subplot(grid[:, 2:])
for number, (text, sign, colour, marker, last) in enumerate(SHOWN):
    curve, row = curve_of(text, sign), rows["tanh", text, sign]
    order, until = int(row["order"]), float(Fraction(row["until"]))
    series = np.array([0.0, *map(float, expand(tanh, curve, 8)[1:])])

    left = figure.add_subplot(grid[number // 2, number % 2])
    times = np.linspace(0, last, 41)
    truth = np.array([change(tanh, curve, t) for t in times])
    left.axhline(0, color="#999999", lw=0.8)
    left.plot(times, 1e3 * truth, color=colour, lw=2.6, label="the loss")
    left.plot(times, 1e3 * series[order] * times**order, "k--", lw=1, label=f"order {order}")
    left.plot(times, 1e3 * np.polyval(series[::-1], times), "k:", lw=1.6, label="order 8")
    left.set(title=f"{row['equation']},  $\\lambda = ({text.replace(' ', ', ')})$", xlabel="$t$")
    left.set_ylim(1.8e3 * truth.min(), -0.5e3 * truth.min())
    left.set_ylabel(r"$10^3\,\Delta L$")
    left.legend(fontsize=8, loc="lower left", handlelength=1.6)

    proved, beyond = np.geomspace(1e-4, until, 13), np.geomspace(until, last / 2, 13)
    thick = {"lw": 3, "marker": marker, "ms": 7, "markevery": 4, "label": f"{row['equation']}, slope {order}"}
    right.plot(proved, [-change(tanh, curve, t) for t in proved], color=colour, **thick)
    right.plot(beyond, [-change(tanh, curve, t) for t in beyond], color=colour, lw=1)
right.set(xscale="log", yscale="log", xlabel="$t$", ylabel=r"$-\Delta L$")
right.set_title("The fall; thick: proved by the kernel")
right.legend()
plt.show()

# %% [markdown]
# Near $0$ all three lines agree. Farther out the leading term goes its own way, and along (143) the loss
# rises above its start again. That is why a coefficient alone proves nothing about any given $t$: the kernel
# bounds the remainder (Lagrange's form) and stops at a $t_0$ where the sign is still certain.
#
# ## 4 Why the boundary falls only at third order
#
# At $\lambda = (1, 0)$ one daughter has output weight $0$. A curve $\theta(t)$ of class $C^2$ from a
# stationary point changes the loss by $\tfrac{t^2}{2}\,u^\top\nabla^2 L\,u + o(t^2)$, with $u$ its velocity.
# So a fall of second order needs a negative eigenvalue. The inertia formula of the notebook
# `hessian_by_hand`, with $p$, $z$, $q$ coefficients positive, zero, negative, gives
# $$\mathrm{In}(\nabla^2 L) = \mathrm{In}(\nabla^2\underline L) + (p - 1)\,\mathrm{In}(H_r)
#   + q\,\mathrm{In}(-H_r) + (0,\; p + z + q - 1 + z\,d,\; 0) .$$
# With $p = z = 1$ and $q = 0$ the inner Hessian drops out. If $\underline\theta$ is a minimum, no eigenvalue
# is negative, whatever $H_r$ is.

# %%
for text in ("2 -1", "1/2 1/2", "1 0"):
    report = plateau(tanh, NEURON, text.split())
    print(f"lambda = ({', '.join(text.split())})".ljust(21), report.verdict, report.content["index"])
    assert report.verdict == "saddle"
    assert (report.content["index"][2] == 0) is (text == "1 0")

# %% [markdown]
# The point $(1, 0)$ is a saddle that is not strict. To fall, the idle daughter must first be given a weight:
# $\lambda_1(t)$ is of order $t$. Then it may move, and $c_1(t)$ is of order $t$ as well. So
# $\lambda_1 c_1^2$, and with it $M_2$, is of order $t^3$. The move of the donor by $t^2$ keeps $M_1 = 0$; it
# only matters from $t^4$ on. Leave it out, and what is left is a straight line: it falls too, with the same
# coefficient.

# %%
idle = split(tanh, NEURON, ["1", "0"])
v_r = tanh.v[NEURON]
none: tuple[Fraction, ...] = ()
line = [none] * idle.n_parameters
line[1], line[2] = (Fraction(0), v_r), (Fraction(0), -v_r)  # lambda = (1 + t, -t)
line[7] = (Fraction(0), Fraction(1))  # w_2 moves by t a, a the first unit vector
straight = approximate_taylor(idle, tuple(line), 4, 60)
compensated = expand(tanh, curve_of("1 0", 1), 4)
for name, series in (("straight", straight), ("compensated", compensated)):
    print(name.ljust(12), "t^3:", mpmath.nstr(series[3], 15), "  t^4:", mpmath.nstr(series[4], 15))
    assert abs(series[1]) < 1e-50 and abs(series[2]) < 1e-50
assert abs(straight[3] - compensated[3]) < 1e-50
assert straight[4] > compensated[4]

# %% [markdown]
# ## 5 A counterexample to the second part, as printed
#
# Lemma 4 ends with "saddle". A fall shows that a point is no minimum. To be a saddle it must also be no
# *maximum*, and for that the proof refers to Lemma 1 (after (148)). Lemma 1 says that a local maximum is
# locally constant.
#
# Take one neuron, one sample, $\sigma(t) = t^2$, $x = y = v = 1$, $w = 0$. By hand:
# $$L(v, w) = \tfrac12\,(v w^2 - 1)^2, \quad e = -1, \quad \frac{\partial L}{\partial v} = e\,w^2 = 0, \quad
#   \frac{\partial L}{\partial w} = 2\,e\,v\,w = 0 .$$
# The point is stationary, $L = \tfrac12 \ne 0$, and $H = v\,e\,\sigma''(0) = -2 < 0$. All hypotheses of the
# second part hold. Split with $\lambda = (\tfrac12, \tfrac12) \in \Lambda_-$ (53b). The output of the wide
# network is
# $$f = v_0 w_0^2 + v_1 w_1^2, \qquad L = \tfrac12 (f - 1)^2 = \tfrac12 - \tfrac12\,f\,(2 - f) .$$
# Near $v = (\tfrac12, \tfrac12)$, $w = 0$ both $v_j$ stay positive, so $f \ge 0$, and $f < 2$. Hence
# $L \le \tfrac12$: the point is a **local maximum**, no saddle. It is not locally constant either, since
# $f > 0$ as soon as some $w_j \ne 0$. So Lemma 1 fails with it, and already for the narrow network.

# %%
square = Network.from_arrays("t**2", [[1]], [1], [1], [[0]])
L = symbolic.loss(square)
display(L)
assert symbolic.at(symbolic.gradient(square), square) == sympy.zeros(2, 1)
assert symbolic.at(symbolic.inner_hessian(square, 0), square) == sympy.Matrix([[-2]])
assert is_in_minus(["1/2", "1/2"])

wide = symbolic.wide_loss(square, neuron=0, daughters=2)
V0, V1, W0, W1 = wide.parameters
f = V0 * W0**2 + V1 * W1**2
assert sympy.expand(wide.loss - (Fraction(1, 2) - f * (2 - f) / 2)) == 0
print("L = 1/2 - f (2 - f)/2, identically")

# %% [markdown]
# Where does the proof of Lemma 1 break? It moves a neuron with $z_1 = 0$ by $v_1' = v_1 + \beta$,
# $w_1' = w_1 + u$ (83), so its output changes by $(v_1 + \beta)\,\Delta z_1$. Equation (84) has
# $\beta\,\Delta z_1$: it drops $v_1$. With $v_1 = 0$ the sign of $\beta$ is free and the loss can be raised.
# With $v_1 = 1$ and small $\beta$ it is not.

# %%
v0, w0 = symbolic.parameters(square)
beta, u = sympy.symbols("beta u", real=True)
true_change = sympy.expand(L.subs({v0: 1 + beta, w0: u}) - Fraction(1, 2))
printed = beta**2 * u**4 / 2 - beta * u**2  # (84), with e = -1 and the change of z_1 equal to u**2
assert sympy.expand(true_change - printed.subs(beta, 1 + beta)) == 0
assert sympy.expand(true_change - printed) != 0
at = {beta: Fraction(-1, 10), u: Fraction(1, 10)}
print("beta = -1/10, u = 1/10: (84) gives", printed.subs(at), " the loss changes by", true_change.subs(at))
assert printed.subs(at) > 0 > true_change.subs(at)

# %% [markdown]
# What the proof of Lemma 4 *constructs* is sound. Along (143) the loss does fall,
# $\tfrac12 M_2\,a^\top H a = \tfrac12\cdot 4t^2 \cdot(-2) = -4t^2$ to second order:

# %%
curve = descent_curve(["1/2", "1/2"], -1, [1])
assert curve is not None and curve.equation == "(143)"
along = dict(zip(wide.parameters, (Fraction(1, 2), Fraction(1, 2), 2 * t, -2 * t), strict=True))
fall = sympy.expand(wide.loss.subs(along) - Fraction(1, 2))
print("along (143): L - 1/2 =", fall)
assert fall == -4 * t**2 + 8 * t**4

# %% [markdown]
# Now the kernel. It needs no Lemma 1: its rule asks for $\sigma = \sigma' = 0$ at every pre-activation and
# for $v_i e_k \sigma'' \le 0$ in a neighbourhood, so that no neuron can push an output away from its target.

# %%
report = classify(square)
print("narrow:               ", report.verdict)
assert report.verdict == "local maximum"

report = plateau(square, 0, ["1/2", "1/2"])
print("lambda = (1/2, 1/2):  ", report.verdict)
assert report.verdict == "local maximum" and report.statement is not None
found = {part["kind"]: part["says"] for part in report.statement["says"]["all"]}
assert found["point"]["type"] == "local maximum"
assert found["point"]["splits"] == [{"neuron": 0, "coefficients": ["1/2", "1/2"]}]
assert found["plateau"]["inner Hessian"] == {"neuron": 0, "inertia": [0, 0, 1]}  # H is negative

report = plateau(square, 0, ["2", "-1"])
print("lambda = (2, -1):     ", report.verdict)
assert report.verdict == "saddle" and not is_in_minus(["2", "-1"])

argument = Argument(square)
other = argument.step("split", argument.step("stationary point"), neuron=0, coefficients=["2", "-1"])
refused = False
try:
    argument.step("local maximum", other, prec=64, around="1/1024")
except Rejected as error:
    refused = True
    print("a maximum at (2, -1)?  rejected: expected", error.args[0])
assert refused

# %% [markdown]
# Both points side by side, with the output weights held fixed. On the left every way leads down. On the right
# $f = 2w_0^2 - w_1^2$ takes both signs.

# %%
reach = np.linspace(-0.5, 0.5, 101)
w0, w1 = np.meshgrid(reach, reach)
figure, panels = plt.subplots(1, 2, figsize=(9, 4.1), layout="constrained", sharey=True)
for axes, (v0, v1), title in zip(panels, ((0.5, 0.5), (2, -1)), ("a local maximum", "a saddle"), strict=True):
    above = (v0 * w0**2 + v1 * w1**2 - 1) ** 2 / 2 - 1 / 2
    size = np.abs(above).max()
    shown = axes.contourf(w0, w1, above, np.linspace(-size, size, 25), cmap="PuOr_r")
    if above.max() > 1e-6:
        axes.contour(w0, w1, above, [0], colors="black", linewidths=1.4)
    axes.plot(0, 0, "k+", markersize=11, markeredgewidth=2)
    axes.set(title=rf"$v = \lambda = ({v0:g}, {v1:g})$: {title}", xlabel="$w_0$", aspect="equal")
    figure.colorbar(shown, ax=axes, label=r"$L - \frac{1}{2}$", format="%.2f", shrink=0.9)
panels[0].set_ylabel("$w_1$")
plt.show()

# %% [markdown]
# ### What is left of the second part
#
# The amended claim `A/lemma-4.2-amended` says: the split point is stationary and *no local minimum*. It is a
# local maximum if $\underline\theta$ is one and all $\lambda_j > 0$, and a saddle in every other case. That
# $\underline\theta$ is no local maximum follows if some $z_i \ne 0$: then the
# loss is a parabola in $v_i$ with curvature $\|z_i\|^2$, as in (82), and it rises. Every network in the table
# of section 2 has such a neuron, and the kernel proves that rise on a whole interval too.

# %%
start, source = narrow("tanh", "id")
argument = branch(start)
place = argument.step("split", source, neuron=NEURON, coefficients=["1/2", "1/2"])
rise = ascent(argument, place)
rises = checked(argument.certificate(rise))["says"]["rises"]
print("along v_0 the loss rises like t **", rises["order"], "for 0 < t <=", rises["until"])
assert rises["order"] == 2 and Fraction(rises["until"]) > 0
assert argument.facts[place].type == "saddle"
