# %% [markdown]
# # The Hessian of the loss, by hand
#
# You derive the gradient and the Hessian of a small network on paper, and SymPy differentiates the same loss
# blindly. Both are compared exactly: no rounding, no tolerance. Then you see equation (12), the split of a
# neuron's Hessian into a Gauss–Newton part and its **inner Hessian** (11), what stationarity removes from the
# rest, and what becomes of the inertia when a neuron is split.
#
# Numbers in parentheses, lemmas and theorems are those of *A Geometric Characterization of the Stationary
# Plateau for Two-Layer Neural Networks* (Ding, Li, Sun). Neurons are counted from 0 here, and a row of $X$ is
# a sample.

# %%
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Any

import sympy
from IPython.display import Math, display
from sympy import Matrix, Rational, latex, tanh
from sympy.polys.matrices import DomainMatrix

from symplateau import Network, classify, plateau, split, symbolic
from symplateau.splitting import signs

# %% [markdown]
# ## 1 First derivatives
#
# The network (1) and its loss (4) are
# $$f(x) = \sum_i v_i\,\sigma(w_i^\top x), \qquad L = \tfrac12\,\|e\|^2, \qquad e = \hat y - y .$$
# Write $z_i = \sigma(Xw_i)$, $z_i' = \sigma'(Xw_i)$, $z_i'' = \sigma''(Xw_i)$ as in (5) and (6): one entry
# per sample. Let $x_j$ be the $j$-th column of $X$, and $\circ$ the entrywise product. One chain rule gives
# (30):
# $$\frac{\partial L}{\partial v_i} = \langle e, z_i\rangle, \qquad
#   \frac{\partial L}{\partial w_{ij}} = v_i\,\langle e, z_i'\circ x_j\rangle .$$
#
# The parameters are ordered $v_0, v_1, \dots$, then $w_{00}, w_{01}, \dots$, neuron by neuron.

# %% [markdown]
# ## 2 Second derivatives
#
# A second chain rule. The residual $e$ moves (first summand), and the slope itself moves (second summand):
# $$\begin{aligned}
# \frac{\partial^2 L}{\partial v_i\,\partial v_l} &= \langle z_i, z_l\rangle, \\
# \frac{\partial^2 L}{\partial v_i\,\partial w_{lj}} &= v_l\,\langle z_i, z_l'\circ x_j\rangle
#     + [i=l]\;\langle e, z_i'\circ x_j\rangle, \\
# \frac{\partial^2 L}{\partial w_{ij}\,\partial w_{lk}} &=
#     v_i v_l\,\langle z_i'\circ x_j, z_l'\circ x_k\rangle
#     + [i=l]\;v_i\,\langle e, z_i''\circ x_j\circ x_k\rangle .
# \end{aligned}$$
# The first summands together are $J^\top J$, with $J$ the Jacobian of the outputs. The second summands only
# couple a neuron with itself, and the last of them is the inner Hessian (11):
# $$(H_i)_{jk} = v_i\,\langle e, z_i''\circ x_j\circ x_k\rangle .$$
#
# The next cell is this page, and nothing else. Its entries may be symbols or numbers.


# %%
class ByHand:
    """The formulas above. v, e, X: lists; z[o][i][k] is the o-th derivative of sigma, neuron i, sample k."""

    def __init__(self, v: Sequence[Any], z: Sequence[Any], X: Sequence[Any], y: Sequence[Any]) -> None:
        self.v, self.z, self.columns = v, z, list(zip(*X, strict=True))
        self.places = list(product(range(len(v)), range(len(self.columns))))  # (i, j) of w_ij, in order
        self.e = [self.dot(v, at_k) - y_k for at_k, y_k in zip(zip(*z[0], strict=True), y, strict=True)]

    @staticmethod
    def dot(*vectors: Sequence[Any]) -> Any:
        return sum((sympy.prod(entries) for entries in zip(*vectors, strict=True)), sympy.Integer(0))

    def gradient(self) -> Matrix:
        slopes = [self.dot(self.e, z) for z in self.z[0]]
        return Matrix(slopes + [self.v[i] * self.mixed(i, j) for i, j in self.places])

    def mixed(self, i: int, j: int) -> Any:
        """<e, z_i' o x_j>"""
        return self.dot(self.e, self.z[1][i], self.columns[j])

    def jacobian(self) -> Matrix:
        steep, X = self.z[1], self.columns
        pushes = [[self.v[i] * s * x for s, x in zip(steep[i], X[j], strict=True)] for i, j in self.places]
        return Matrix([*self.z[0], *pushes]).T

    def inner(self, i: int) -> Matrix:
        """Equation (11)"""
        bend, X = self.z[2][i], self.columns
        return self.v[i] * Matrix([[self.dot(self.e, bend, x_j, x_k) for x_k in X] for x_j in X])

    def hessian(self) -> Matrix:
        m, d = len(self.v), len(self.columns)
        whole = self.jacobian().T * self.jacobian()
        for i in range(m):
            block = slice(m + i * d, m + (i + 1) * d)
            row = Matrix([[self.mixed(i, j) for j in range(d)]])
            whole[i, block] += row
            whole[block, i] += row.T
            whole[block, block] += self.inner(i)
        return whole


# %% [markdown]
# ### SymPy's turn
#
# Two tanh neurons, two inputs, three samples. `symplateau.symbolic` writes out the loss as one expression and
# differentiates it; it knows nothing of the page above. You supply $\sigma = T$, $\sigma' = 1 - T^2$ and
# $\sigma'' = -2T(1-T^2)$ with $T = \tanh(w^\top x)$.

# %%
X = [[1, 0], [1, 1], [-1, 2]]
tiny = Network.from_arrays("tanh", X, [1, 0, 2], [2, -1], [[1, 0], [0, 1]], W_unit="log(2)")

v, w = symbolic.parameters(tiny)[:2], [symbolic.parameters(tiny)[2:4], symbolic.parameters(tiny)[4:6]]
T = [[tanh(ByHand.dot(w_i, x)) for x in X] for w_i in w]
towers = [T, [[1 - t**2 for t in row] for row in T], [[-2 * t * (1 - t**2) for t in row] for row in T]]
hand = ByHand(v, towers, X, [1, 0, 2])

display(symbolic.loss(tiny))

# %%
difference = (symbolic.gradient(tiny) - hand.gradient()).expand()
assert difference == sympy.zeros(6, 1)
difference = (symbolic.hessian(tiny) - hand.hessian()).expand()
assert difference == sympy.zeros(6, 6)
print("gradient: 6 differences, all identically zero")
print("Hessian: 36 differences, all identically zero")

# %% [markdown]
# ## 3 Equation (12)
#
# Keep one neuron's block of the Hessian only, the second derivatives with respect to $w_i$:
# $$\nabla^2_{w_i} L = J_i^\top J_i + H_i ,$$
# $J_i$ the Jacobian of the outputs with respect to $w_i$. That is (12): a positive semidefinite part that
# ignores the targets, and the inner Hessian, which is linear in the residual and may have either sign.
#
# `symbolic.decomposition` finds the three matrices in three ways. Their difference is a polynomial in $v$ and
# in the values of tanh. It must vanish identically, for all weights at once.

# %%
for neuron in (0, 1):
    whole = symbolic.decomposition(tiny, neuron)
    assert (whole.whole - whole.gauss_newton - whole.inner).expand() == sympy.zeros(2, 2)
    assert (whole.inner - hand.inner(neuron)).expand() == sympy.zeros(2, 2)
print("(12) holds identically, and its last term is (11), for both neurons")

# %% [markdown]
# ### Exact values of a transcendental function
#
# If the weights are integer multiples of $\log 2$ and the inputs are integers, then $w^\top x = k\log 2$, and
# $$\tanh(k \log 2) = \frac{4^k - 1}{4^k + 1}$$
# is rational. So are all derivatives, since they are polynomials in the value. `W_unit="log(2)"` above says
# just that: $w_0 = (\log 2, 0)$ and $w_1 = (0, \log 2)$. Nothing below is rounded.

# %%
parts = symbolic.decomposition(tiny, 0)
gauss_newton, inner, whole_block = (symbolic.at(matrix, tiny) for matrix in parts)
display(Math(f"{latex(gauss_newton)} + {latex(inner)} = {latex(whole_block)}"))
assert gauss_newton + inner == whole_block
assert all(entry.is_rational for entry in whole_block)

# %% [markdown]
# **A slip in print.** The first line of (153) lacks the factor $v_i$, and its second line and (155) keep only
# the $i$-th neuron's share of $\hat y_k$. The conclusions (12) and (157) do not suffer. You can see that the
# factor matters:

# %%
values = symbolic.at(Matrix([hand.gradient()[2], hand.mixed(0, 0)]), tiny)
print("dL/dw_00                =", values[0])
print("(153), first line       =", values[1])
assert values[0] == 2 * values[1] != 0  # v_0 = 2

# %% [markdown]
# ## 4 A polynomial activation
#
# The page used nothing but two derivatives of $\sigma$. Take $\sigma(t) = t - t^3/3 + t^4/5$, and the loss is
# a polynomial. Now "identically zero" means that all coefficients of a polynomial in six variables vanish.

# %%
quartic = Network.from_arrays("t - t**3/3 + t**4/5", X, [1, 0, 2], [2, -1], [[1, 0], ["1/2", 1]])
t = sympy.Symbol("t")
sigma = t - t**3 / 3 + t**4 / 5
at_samples = [[ByHand.dot(w_i, x) for x in X] for w_i in w]
towers = [[[sigma.diff(t, o).subs(t, u) for u in row] for row in at_samples] for o in range(3)]
hand_quartic = ByHand(v, towers, X, [1, 0, 2])

assert (symbolic.hessian(quartic) - hand_quartic.hessian()).expand() == sympy.zeros(6, 6)
parts = symbolic.decomposition(quartic, 1)
residue = (parts.whole - parts.gauss_newton - parts.inner).expand()
assert residue == sympy.zeros(2, 2)
terms = len(sympy.Poly(parts.whole[0, 0], *v, *w[0], *w[1]).terms())
print(f"the upper left entry of the block has {terms} terms; after subtraction 0 are left")
display(symbolic.at(parts.inner, quartic))

# %% [markdown]
# ## 5 What stationarity kills
#
# At a stationary point (30) vanishes: $\langle e, z_i\rangle = 0$ and
# $v_i\langle e, z_i'\circ x_j\rangle = 0$. If $v_i \ne 0$, the second summand of
# $\partial^2 L/\partial v_i\partial w_{ij}$ is gone. What is left is
# $$\nabla^2 L = J^\top J + \operatorname{diag}(0,\; H_0,\; \dots,\; H_{m-1}) ,$$
# so the inner Hessians are *all* that the residual contributes.
#
# You need a stationary point that is exact. The conditions are **linear in $e$** once $v$, $W$, $X$ are
# fixed. With two neurons, two inputs and nine samples they are six equations for nine unknowns. Three more
# equations choose $H_1$. Solve over $\mathbb{Q}$, scale the residual down, and set the targets to
# $y = \hat y - e$.

# %%
X = [[-1, 0], [-1, 1], [1, -2], [1, 1], [1, 2], [2, -1], [2, 0], [2, 1], [2, 2]]
v, W = [1, 2], [[1, 0], [1, -1]]


def exact_towers(W: Sequence[Sequence[int]]) -> list[Any]:
    """tanh, tanh', tanh'' at k*log(2), with k = w.x."""
    T = [[Rational(4 ** ByHand.dot(w, x) - 1, 4 ** ByHand.dot(w, x) + 1) for x in X] for w in W]
    return [T, [[1 - t**2 for t in row] for row in T], [[-2 * t * (1 - t**2) for t in row] for row in T]]


towers = exact_towers(W)
point = ByHand(v, towers, X, [0] * 9)  # for y = 0: e is the output itself
outputs = point.e
conditions = point.jacobian().T
entries = ((0, 0), (0, 1), (1, 1))  # of H_1, which is symmetric
bends = Matrix([[v[1] * s * x[j] * x[k] for s, x in zip(towers[2][1], X, strict=True)] for j, k in entries])
assert conditions.rank() == 6
residual = conditions.col_join(bends).LUsolve(Matrix([0, 0, 0, 0, 0, 0, 1, 0, -1]))
residual /= 500
y = [f - e_k for f, e_k in zip(outputs, residual, strict=True)]
display(residual.T)

# %%
network = Network.from_arrays("tanh", X, [str(y_k) for y_k in y], v, W, W_unit="log(2)")
narrow = ByHand(v, towers, X, y)
assert narrow.gradient() == sympy.zeros(6, 1)
assert all(narrow.mixed(i, j) == 0 for i in (0, 1) for j in (0, 1))

short_form = narrow.jacobian().T * narrow.jacobian() + sympy.diag(0, 0, narrow.inner(0), narrow.inner(1))
assert narrow.hessian() == short_form
assert symbolic.at(symbolic.gradient(network), network) == sympy.zeros(6, 1)
assert symbolic.at(symbolic.hessian(network), network) == short_form
print("the gradient is zero, exactly; the Hessian is J'J + diag(0, 0, H_0, H_1), exactly")
display(narrow.inner(1))

# %% [markdown]
# ### A neuron that is switched off
#
# With $v_i = 0$ stationarity says nothing of $\langle e, z_i'\circ x_j\rangle$, and the mixed term survives.
# One neuron, two samples, all in the head: $x = 1, 2$, $w = \log 2$, $v = 0$, so
# $z = (\tfrac35, \tfrac{15}{17})$, and $y = (25, -17)$ is orthogonal to it. Then $e = -y$,
# $\langle e, z'\circ x\rangle = -16 + \tfrac{128}{17}$, and
# $$\nabla^2 L = \begin{pmatrix} \|z\|^2 & -\tfrac{144}{17} \\ -\tfrac{144}{17} & 0 \end{pmatrix}.$$
# The inner Hessian is zero, and still this is a strict saddle.

# %%
off = Network.from_arrays("tanh", [[1], [2]], [25, -17], [0], [[1]], W_unit="log(2)")
off_hessian = symbolic.at(symbolic.hessian(off), off)
display(off_hessian)
assert symbolic.at(symbolic.gradient(off), off) == sympy.zeros(2, 1)
assert symbolic.at(symbolic.inner_hessian(off, 0), off) == sympy.zeros(1, 1)
assert off_hessian[0, 1] == Rational(-144, 17)
assert off_hessian[1, 1] == 0 and off_hessian.det() < 0
assert classify(off).verdict == "saddle"

# %% [markdown]
# ## 6 The Hessian on the plateau, for all $\lambda$ at once
#
# Split neuron 1 into two daughters (Definition 1): both keep $w_1$, and they carry $\lambda_0 v_1$ and
# $\lambda_1 v_1$ with $\lambda_0 + \lambda_1 = 1$. By Proposition 1 every such point is stationary, with the
# loss unchanged.
#
# Describe a move of the daughters by its mean and its spread:
# $$\begin{aligned} \Delta v_1 &= s + \tau, & \Delta w_1 &= \bar w + \lambda_1 u, \\
#    \Delta v_2 &= -\tau, & \Delta w_2 &= \bar w - \lambda_0 u . \end{aligned}$$
# The spread leaves $\lambda_0\Delta w_1 + \lambda_1\Delta w_2$ alone, so to second order the narrow network
# sees only $(s, \bar w)$. What is left is
# $$\lambda_0\,(\lambda_1 u)^\top H_1(\lambda_1 u) + \lambda_1\,(\lambda_0 u)^\top H_1 (\lambda_0 u)
#   = \lambda_0\lambda_1\,u^\top H_1 u .$$
# The direction $\tau$ runs along the plateau. The claim is
# $$S(\lambda)^\top\,\nabla^2 L(\lambda)\;S(\lambda) \;=\;
#   \operatorname{diag}\bigl(\,\nabla^2\underline L,\;\; 0,\;\; \lambda_0\lambda_1 H_1\,\bigr),
#   \qquad \det S(\lambda) = \pm 1 .$$
#
# SymPy differentiates the loss of the *wide* network, nine parameters, with $\lambda$ a symbol.

# %%
wide = symbolic.wide_loss(network, neuron=1, daughters=2)
slopes = [wide.loss.diff(p) for p in wide.parameters]
second = Matrix(9, 9, lambda i, j: slopes[i].diff(wide.parameters[j]) if j <= i else 0)
second = symbolic.at(second.xreplace(wide.plateau), network)
wide_hessian = second + second.T - sympy.diag(*second.diagonal())

lambda_0, lambda_1 = wide.coefficients
one = sympy.eye(2)
S = sympy.zeros(9, 9)  # columns: v_0, s, w_0, mean w, then tau, u
S[0, 0], S[1, 1] = 1, 1
S[3:5, 2:4], S[5:7, 4:6], S[7:9, 4:6] = one, one, one
S[1, 6], S[2, 6] = 1, -1
S[5:7, 7:9], S[7:9, 7:9] = lambda_1 * one, -lambda_0 * one

blocks = sympy.diag(narrow.hessian(), 0, lambda_0 * lambda_1 * narrow.inner(1))
assert (S.T * wide_hessian * S - blocks).expand() == sympy.zeros(9, 9)
assert S.det().expand() ** 2 == 1
print("the wide Hessian is congruent to diag(narrow Hessian, 0, lambda_0 lambda_1 H_1) for every lambda")
display(blocks[6:, 6:].applyfunc(sympy.factor))

# %% [markdown]
# ## 7 The inertia, and the formula for any number of daughters
#
# Congruence keeps the inertia $\mathrm{In} = (n_+, n_0, n_-)$, by Sylvester's law. Let $p$, $z$, $q$ of the
# $\lambda_j$ be positive, zero and negative, let $N = p + z + q$, and let $d$ be the number of inputs. For
# $v_r \ne 0$ the same change of variables gives
# $$\mathrm{In}(\nabla^2 L) = \mathrm{In}(\nabla^2\underline L) + (p-1)\,\mathrm{In}(H_r)
#   + q\,\mathrm{In}(-H_r) + (0,\; N - 1 + z\,d,\; 0) .$$
# The form $\sum_j \lambda_j u_j^\top H_r u_j$ on $\sum_j \lambda_j u_j = 0$ supplies the middle terms:
# $\sum_j \lambda_j t_j^2$ has signature $(p, z, q)$, and its value on $(1, \dots, 1)$ is $1$, so the
# orthogonal complement of that vector has $(p - 1, z, q)$. The paper does not have this formula; `symplateau`
# lists it as its own claim `S/inertia`.
#
# The eigenvalues of a symmetric matrix are real. Then Descartes' rule counts the positive ones *exactly*: as
# many as the sign changes in the characteristic polynomial. No eigenvalue is ever computed.


# %%
def inertia(matrix: Matrix) -> tuple[int, int, int]:
    """(n+, n0, n-) of a symmetric matrix of rationals, from its characteristic polynomial."""
    polynomial = DomainMatrix.from_Matrix(matrix).to_field().charpoly()  # highest power first
    steps = [c > 0 for c in polynomial if c != 0]
    positive = sum(a != b for a, b in pairwise(steps))
    zero = next(k for k, c in enumerate(reversed(polynomial)) if c != 0)
    return positive, zero, matrix.rows - positive - zero


def formula(pattern: str, narrow: tuple[int, ...], inner: tuple[int, ...]) -> tuple[int, ...]:
    p, z, q = (pattern.count(sign) for sign in "+0-")
    idle = len(pattern) - 1 + z * sum(inner)
    columns = zip(narrow, inner, inner[::-1], (0, idle, 0), strict=True)
    return tuple(a + (p - 1) * b + q * c + k for a, b, c, k in columns)


parent, bend = inertia(narrow.hessian()), inertia(narrow.inner(1))
TWO = ["1/2 1/2", "1 0", "2 -1"]
THREE = ["1/3 1/3 1/3", "1/2 1/2 0", "3/2 1/2 -1", "1 0 0", "2 0 -1", "3 -1 -1"]

print(f"narrow Hessian {parent}, inner Hessian {bend}\n")
print("lambda                signs  Hessian, directly  formula")
for text in TWO + THREE:
    shares = [Rational(x) for x in text.split()]
    v_wide = [v[0], *(share * v[1] for share in shares)]
    W_wide = [W[0], *[W[1]] * len(shares)]
    direct = inertia(ByHand(v_wide, exact_towers(W_wide), X, y).hessian())
    pattern = signs(text.split())
    predicted = formula(pattern, parent, bend)
    print(f"({', '.join(text.split())})".ljust(21), pattern.ljust(6), str(direct).ljust(18), predicted)
    assert direct == predicted

# %% [markdown]
# Each negative coefficient swaps the roles of the two signs of $H_1$; each zero coefficient hides a whole
# copy of $H_1$ in the null space. An indefinite $H_1$ leaves a negative eigenvalue wherever two $\lambda_j$
# are not zero: there the saddle of Theorem 1.3 is strict. At $\lambda = (1, 0)$ the Hessian is positive
# semidefinite, and the point is a saddle all the same (Lemma 4): second derivatives do not see it.
#
# The hypothesis $v_r \ne 0$ is needed. Split the neuron that is switched off:

# %%
off_wide = split(off, 0, ["1/2", "1/2"])
direct = inertia(symbolic.at(symbolic.hessian(off_wide), off_wide))
predicted = formula("++", inertia(off_hessian), (0, 1, 0))
print("v_r = 0: Hessian", direct, " formula", predicted)
assert direct == (2, 0, 2) != predicted == (1, 2, 1)

# %% [markdown]
# ## 8 The same from the kernel
#
# `classify` and `plateau` search in floating point and then hand a certificate in exact rationals to a kernel
# of standard library code. It returns a statement. You compare its inertias with yours.

# %%
report = classify(network)
print(report.verdict, report.content["index"])
assert report.statement is not None
assert report.verdict == "strict local minimum" and tuple(report.content["index"]) == parent

for text in TWO:
    found = plateau(network, 1, text.split())
    print(f"lambda = ({', '.join(text.split())}):".ljust(22), found.verdict, found.content["index"])
    assert found.verdict == "saddle"
    assert tuple(found.content["index"]) == formula(signs(text.split()), parent, bend)
