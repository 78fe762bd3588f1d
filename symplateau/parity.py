"""The even and the odd part of an activation, found by algebra."""

from .kernel.polynomial import Formulas, Polynomial, parts

ODD, EVEN = ("sin", "tanh", "arctan", "erf", "inv"), ("cos",)

# f: the half of f(u) that is a polynomial in u when u is odd. logistic(u) - 1/2 is odd.
KNOWN_HALF = {
    "logistic": ("even", "1/2"),
    "softplus": ("odd", "u/2"),
    "pos": ("odd", "u/2"),
    "pos2": ("even", "u**2/2"),
    "pos3": ("odd", "u**3/2"),
}


def parity(polynomial: Polynomial) -> str | None:
    """"even" or "odd" (zero is "even") for a polynomial in t and calls; None when neither was found.

    Sound, not complete: identities between calls, such as sin(t)**2 + cos(t)**2 = 1, are not used.
    """
    even, odd = halves(polynomial)
    return "even" if not odd.terms else "odd" if not even.terms else None


def halves(polynomial: Polynomial) -> tuple[Polynomial, Polynomial]:
    """The even and the odd part, written in atoms each of which is even or odd itself."""
    even, odd = Polynomial(), Polynomial()
    for monomial, coefficient in polynomial.terms.items():
        e, o = Polynomial.constant(coefficient), Polynomial()
        for atom, power in monomial:
            x, y = _halves_of_atom(atom)
            for _ in range(power):
                e, o = e * x + o * y, e * y + o * x
        even, odd = even + e, odd + o
    return even, odd


def _halves_of_atom(atom: str) -> tuple[Polynomial, Polynomial]:
    itself, nothing = Polynomial.atom(atom), Polynomial()
    if atom in ("t", "pi"):
        return (nothing, itself) if atom == "t" else (itself, nothing)
    function, argument = parts(atom)
    even, odd = halves(argument)
    if not odd.terms or (not even.terms and function in EVEN):
        return itself, nothing
    if not even.terms and function in ODD:
        return nothing, itself
    # For odd u the halves of f(-u) are those of f(u), the odd one negated: exp(t) + exp(-t) is even.
    sign = -1 if not even.terms and min(odd.terms.items())[1] < 0 else 1
    call = f"{function}({argument * Polynomial.constant(sign)})"
    half = {"even": Polynomial.atom(f"even half of {call}"),
            "odd": Polynomial.atom(f"odd half of {call}") * Polynomial.constant(sign)}
    if not even.terms and function in KNOWN_HALF:
        name, formula = KNOWN_HALF[function]
        half[name] = Formulas("u", argument).read(formula)
    return half["even"], half["odd"]
