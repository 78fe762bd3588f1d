"""Activations: a formula in t, its derivatives, and their values: exact ones, and enclosures."""

from collections.abc import Callable

from flint import arb, fmpq, fmpq_poly, fmpz

from .expression import expand
from .polynomial import MAX_DEGREE, Atom, Monomial, Polynomial, atomic, call, constant, name, short
from .range import FUNCTIONS, Range, between, larger, of, smaller
from .rejection import Rejected, demand

T, PI = name("t"), name("pi")
DOMAIN = ("inv", "log", "sqrt")
MAX_MULTIPLE = 512


def lift(head: str, *arguments: Polynomial) -> Polynomial:
    return atomic(call(head, *arguments))


def square(p: Polynomial) -> Polynomial:
    return p * p


ONE = constant(1)
ROOT_PI = lift("inv", lift("sqrt", atomic(PI)))
OUTER: dict[str, Callable[[Polynomial], Polynomial]] = {
    "exp": lambda u: lift("exp", u),
    "log": lambda u: lift("inv", u),
    "inv": lambda u: square(lift("inv", u)).times(fmpq(-1)),
    "sqrt": lambda u: lift("inv", lift("sqrt", u)).times(fmpq(1, 2)),
    "sin": lambda u: lift("cos", u),
    "cos": lambda u: lift("sin", u).times(fmpq(-1)),
    "tanh": lambda u: ONE - square(lift("tanh", u)),
    "logistic": lambda u: lift("logistic", u) - square(lift("logistic", u)),
    "softplus": lambda u: lift("logistic", u),
    "arctan": lambda u: lift("inv", ONE + square(u)),
    "erf": lambda u: ROOT_PI.times(fmpq(2)) * lift("exp", square(u).times(fmpq(-1))),
    "pos3": lambda u: lift("pos2", u).times(fmpq(3)),
    "pos2": lambda u: lift("pos", u).times(fmpq(2))}
AT_ZERO = {"tanh": fmpq(0), "sin": fmpq(0), "arctan": fmpq(0), "erf": fmpq(0), "exp": fmpq(1), "cos": fmpq(1),
           "logistic": fmpq(1, 2)}


def derivative(p: Polynomial) -> Polynomial:
    """d/dt by the sum, product and chain rules."""
    found = constant(0)
    for monomial, c in p.terms.items():
        for atom, e in monomial:
            rest = dict(monomial) | {atom: e - 1}
            others: Monomial = tuple((a, n) for a, n in rest.items() if n)
            found = found + Polynomial({others: c * e}) * slope(atom)
    return found


def slope(atom: Atom) -> Polynomial:
    if not atom.arguments:
        return constant(1 if atom == T else 0)
    demand(atom.head in OUTER, "functions that have a derivative: pos has none")
    return OUTER[atom.head](atom.arguments[0]) * derivative(atom.arguments[0])


def inside(p: Polynomial) -> set[Atom]:
    """The atoms that occur in it, at any depth."""
    found = set(p.atoms())
    for atom in list(found):
        for argument in atom.arguments:
            found |= inside(argument)
    return found


class Activation:
    """A formula in t. unit: None, or q where the t of a rational k is k log q."""

    def __init__(self, text: object, unit: fmpq | None) -> None:
        self.unit = unit
        self.guarded: list[Atom] = []
        formula = expand(text, self.read_name, self.read_call, self.divide)
        present = inside(formula)
        for atom in self.guarded:
            demand(atom in present, f"that {atom.head}, whose domain matters, occurs in the expanded formula")
        self.tower = [formula]

    def read_name(self, text: str) -> Polynomial:
        demand(text in ("t", "pi"), "the names t and pi")
        return atomic(name(text))

    def read_call(self, function: str, arguments: list[Polynomial]) -> Polynomial:
        demand(function in FUNCTIONS and len(arguments) == 1, "a known function of one argument")
        atom = call(function, *arguments)
        if function in DOMAIN:
            self.guarded.append(atom)
        return atomic(atom)

    def divide(self, dividend: Polynomial, divisor: Polynomial) -> Polynomial:
        value = divisor.value()
        if value is not None and value != 0:
            return dividend.times(1 / value)
        return dividend * self.read_call("inv", [divisor])

    def derivative(self, order: int) -> Polynomial:
        while len(self.tower) <= order:
            self.tower.append(derivative(self.tower[-1]))
        return self.tower[order]

    def exact(self, order: int, k: fmpq) -> fmpq:
        """The derivative of that order at t = k, or k log q. Raises Rejected unless it is rational."""
        return Exact(k, self.unit).value(self.derivative(order))

    def around(self, t: Range) -> "Enclosure":
        """Its values and derivatives at every t in the range."""
        return Enclosure(self, t)

    def enclose(self, order: int, t: Range) -> Range:
        """A set that contains the derivative of that order at every t in the range; the lower ones exist."""
        return self.around(t).order(order)


def only_t(text: str) -> Polynomial:
    demand(text == "t", "the name t")
    return atomic(T)


def curve(text: object) -> fmpq_poly:
    """A formula without calls, and with no other name than t."""
    coefficients = [fmpq(0)] * (MAX_DEGREE + 1)
    for monomial, c in expand(text, only_t).terms.items():
        coefficients[monomial[0][1] if monomial else 0] = c
    return fmpq_poly(coefficients)


class Enclosure:
    """An activation on a range of t. Raises Rejected where something is not defined on all of the range."""

    def __init__(self, activation: Activation, t: Range) -> None:
        self.activation, self.t = activation, t
        self.plain = Values(t)
        self.is_point = not t.low < t.high
        self.points: list[Values] = []
        self.defined = 0

    def order(self, order: int) -> Range:
        """The derivative of that order, after the lower ones were seen to exist."""
        while self.defined < order:
            self.plain.of(self.activation.derivative(self.defined))
            self.defined += 1
        found = self.plain.of(self.activation.derivative(order))
        return found if self.is_point else found.meet(self.sharper(order, found))

    def sharper(self, order: int, plain: Range) -> Range:
        """By the mean value theorem, from the derivative of the next order, if there is one."""
        p = self.activation.derivative(order)
        try:
            change = self.plain.of(self.activation.derivative(order + 1))
        except Rejected:  # there is none, or it is not defined on all of the range
            return plain
        low, middle, high = self.at_points()
        if change.low >= 0:
            return between(low.of(p).low, high.of(p).high)
        if change.high <= 0:
            return between(high.of(p).low, low.of(p).high)
        return middle.of(p) + change * (self.t - middle.t)

    def at_points(self) -> list["Values"]:
        """The ends of the range, and a point in the middle."""
        if not self.points:
            low, high = self.t.low, self.t.high
            middle = larger(low, smaller(high, ((low + high) / 2).mid()))
            self.points = [Values(of(x)) for x in (low, middle, high)]
        return self.points


class Values:
    """Polynomials at every point of a range; what an atom is there is found once."""

    def __init__(self, t: Range) -> None:
        self.t = t
        self.known: dict[Atom, Range] = {T: t}

    def of(self, p: Polynomial) -> Range:
        found = of(fmpq(0))
        for monomial, c in p.terms.items():
            term = of(c)
            for atom, e in monomial:
                term = term * self.at(atom) ** e
            found = found + term
        return found

    def at(self, atom: Atom) -> Range:
        if atom not in self.known:
            self.known[atom] = (FUNCTIONS[atom.head](self.of(atom.arguments[0])) if atom.arguments
                                else of(arb.pi()))
        return self.known[atom]


class Exact:
    """Evaluation by rational numbers only, at t = k, or k log q if there is a unit."""

    def __init__(self, k: fmpq, unit: fmpq | None) -> None:
        self.k = k
        self.unit = unit if k != 0 else None

    def value(self, p: Polynomial) -> fmpq:
        found = fmpq(0)
        for monomial, c in p.terms.items():
            term = c
            for atom, e in monomial:
                term = short(term * short(self.at(atom), e) ** e)
            found = short(found + term)
        return found

    def at(self, atom: Atom) -> fmpq:
        if not atom.arguments:
            demand(atom == T and self.unit is None, "a rational value of t, and no pi")
            return self.k
        argument = atom.arguments[0]
        on_lattice = atom.head in ("exp", "logistic", "tanh") and set(argument.terms) == {((T, 1),)}
        if self.unit is not None and on_lattice:
            return self.power(atom.head, argument.terms[((T, 1),)] * self.k, self.unit)
        return apply(atom.head, self.value(argument))

    def power(self, head: str, multiple: fmpq, unit: fmpq) -> fmpq:
        demand(multiple.q == 1 and abs(multiple) <= MAX_MULTIPLE, f"a whole multiple up to {MAX_MULTIPLE}")
        power = unit ** int(multiple.p)
        if head == "tanh":
            return (power**2 - 1) / (power**2 + 1)
        return power if head == "exp" else power / (1 + power)


def apply(head: str, u: fmpq) -> fmpq:
    """The value of a function at a rational, where it is rational by the rules."""
    if head in ("pos", "pos2", "pos3"):
        return max(u, fmpq(0)) ** {"pos": 1, "pos2": 2, "pos3": 3}[head]
    if head == "inv" and u != 0:
        return 1 / u
    if head == "sqrt" and u > 0:
        root = fmpq(fmpz(u.p).isqrt(), fmpz(u.q).isqrt())
        demand(root**2 == u, "the square of a rational")
        return root
    demand(u == 0 and head in AT_ZERO, f"a rational value of {head}")
    return AT_ZERO[head]
