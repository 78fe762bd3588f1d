"""The reader of formulas and the expansion of polynomials, against evaluation by Python itself."""

import ast
import warnings
from contextlib import suppress
from fractions import Fraction
from time import process_time
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from symplateau.kernel.algebra import Proof
from symplateau.kernel.format import Rejected
from symplateau.kernel.polynomial import MAX_POWER, MAX_TEXT, Formulas, Polynomial, multiplied, tower

LEAVES = st.sampled_from(["a", "b", "c", "0", "1", "2", "7/3", "10/4"])


def combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner, st.sampled_from("+-*")).map(lambda x: f"({x[0]} {x[2]} {x[1]})")
    return (
        pair
        | inner.map(lambda x: f"-{x}")
        | inner.map(lambda x: f"({x})**3")
        | inner.map(lambda x: f"({x})/5")
    )


FORMULAS = st.recursive(LEAVES, combine, max_leaves=6)
VALUES = st.fixed_dictionaries({x: st.fractions(-3, 3, max_denominator=5) for x in "abc"})


def ring() -> Proof:
    return Proof(["a", "b", "c"], [], [], {})


def read(formula: str) -> Polynomial:
    """The polynomial of a formula of the strategy; few of them are of too high a degree."""
    try:
        return ring().read(formula)
    except Rejected:
        reject()


def value(polynomial: Polynomial, at: dict[str, Fraction]) -> Fraction:
    total = Fraction(0)
    for monomial, x in polynomial.terms.items():
        for name, power in monomial:
            x *= at[name] ** power
        total += x
    return total


def by_python(formula: str, at: dict[str, Fraction]) -> Fraction:
    """The value, with every whole number turned into a Fraction."""
    tree = ast.parse(formula, mode="eval")

    class Exact(ast.NodeTransformer):
        def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
            if isinstance(node.op, ast.Pow):
                node.left = self.visit(node.left)
                return node
            return self.generic_visit(node)

        def visit_Constant(self, node: ast.Constant) -> ast.AST:
            return ast.Call(ast.Name("Fraction", ast.Load()), [node], [])

    exact = ast.fix_missing_locations(Exact().visit(tree))
    return Fraction(eval(compile(exact, "formula", "eval"), {"Fraction": Fraction, **at}))


@given(FORMULAS, VALUES)
def test_an_expansion_has_the_value_of_its_formula(formula: str, at: dict[str, Fraction]) -> None:
    assert value(read(formula), at) == by_python(formula, at)


@given(FORMULAS, FORMULAS)
def test_equal_texts_mean_equal_polynomials(one: str, other: str) -> None:
    x, y = read(one), read(other)
    assert (str(x) == str(y)) == (x.terms == y.terms) == (not (x - y).terms)


@given(FORMULAS)
def test_the_text_of_a_polynomial_reads_as_itself(formula: str) -> None:
    polynomial = read(formula)
    assert read(str(polynomial)).terms == polynomial.terms


def test_no_zero_terms_and_no_zero_powers() -> None:
    assert ring().read("a - a").terms == {}
    assert ring().read("0*a + 0").terms == {}
    assert ring().read("a**0").terms == {(): 1}
    assert multiplied([("a", 2), ("b", 1)], [("a", -2)]) == (("b", 1),)


@pytest.mark.parametrize(
    "formula, terms",
    [
        ("-a**2", {(("a", 2),): -1}),
        ("(-a)**2", {(("a", 2),): 1}),
        ("a - b - c", {(("a", 1),): 1, (("b", 1),): -1, (("c", 1),): -1}),
        ("2/3*a", {(("a", 1),): Fraction(2, 3)}),
        ("a/2/3", {(("a", 1),): Fraction(1, 6)}),
        ("1 - -1", {(): 2}),
        ("  a ", {(("a", 1),): 1}),
        ("b*a*b", {(("a", 1), ("b", 2)): 1}),
    ],
)
def test_precedence(formula: str, terms: dict[Any, Fraction]) -> None:
    assert ring().read(formula).terms == terms


NO_FORMULAS = [
    "",
    " ",
    "a b",
    "2a",
    "2 a",
    "a +",
    "(a",
    "a)",
    "()",
    "a,b",
    "(a, b)",
    "a==b",
    "a=b",
    "a<b",
    "a and b",
    "not a",
    "a if a else b",
    "1if a else 2",
    "+a",
    "~a",
    "a//b",
    "a%b",
    "a@b",
    "a|b",
    "a<<2",
    "a**b",
    "a**-1",
    "a**(1+1)",
    "a**2**2",
    "a**1.0",
    "1.5*a",
    "1e3",
    "0x10",
    "0b1",
    "0o7",
    "007",
    "1_000",
    "1j",
    "True",
    "True*a",
    "None",
    "...",
    "'a'",
    '"a"',
    "f'{a}'",
    "b'a'",
    "a.b",
    "a[0]",
    "[a]",
    "{a}",
    "{a: b}",
    "lambda: a",
    "lambda x: x",
    "(x := a)",
    "await a",
    "(yield)",
    "*a",
    "a;b",
    "a#b",
    "a\\",
    "a\n",
    "a\n+b",
    "\ta",
    "a\x00",
    "ａ",
    "á",
    "_a",
    "__import__('os')",
    "print(a)",
    "eval(a)",
    "sum()",
    "sum(a, b)",
    "dot(a)",
    "sum(*a)",
    "sum(a=b)",
    "sum(a)(b)",
    "a.sum(b)",
    "(sum)(a)(b)",
    "d",
    "sum",
    "dot",
    "a/b",
    "a/0",
    "a/(b - b)",
    "1/(1 - 1)",
    "if",
    "lambda",
    "a**65",
    "a" + " " * MAX_TEXT,
]


@pytest.mark.parametrize(
    "text", [*NO_FORMULAS, None, 1, True, ["a"], b"a", {"a": 1}], ids=lambda x: repr(x)[:24]
)
def test_not_a_formula(text: object) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(Rejected):
            ring().read(text)


def test_degrees_beyond_the_limit() -> None:
    assert ring().read(f"a**{MAX_POWER}").terms
    for formula in (f"a**{MAX_POWER}*b", "(a**8)**9", "*".join(["a"] * (MAX_POWER + 1))):
        with pytest.raises(Rejected):
            ring().read(formula)


HOSTILE = {
    "digits": "(((((9**64)**64)**64)**64)**64)*t",
    "digits, slowly": "*".join(["9" * 60] * 60),
    "many sines": "*".join(f"sin({k}*t)" for k in range(90)),
    "many terms": "(1 + t + sin(t) + cos(t))**40",
    "many terms, squared": "(" + "+".join(f"sin({k}*t)" for k in range(200)) + ")**2",
    "a product of powers": "((1+t)**32)*((1+sin(t))**32)*((1+cos(t))**32)",
    "minus signs": "-" * 3000 + "t",
    "a sum of a thousand": "1" + "+t" * 1990,
    "brackets": "(" * 190 + "t" + ")" * 190,
    "calls in calls": "sin(" * 150 + "t" + ")" * 150,
    "inverses in inverses": "inv(" * 40 + "t**60" + ")" * 40,
    "long arguments": "+".join(f"sin((1+t)**{k})" for k in range(60)),
    "a long call of a long call": "sin(" * 100 + "(1+t+exp(t))**16" + ")" * 100,
    "many quotients": "/".join(["(1+t)"] * 600),
}


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_formula_is_soon_read_or_rejected(title: str) -> None:
    start = process_time()
    for order in (0, 2):
        with suppress(Rejected):
            tower(HOSTILE[title], order)
    assert process_time() - start < 4


@pytest.mark.parametrize(
    "title", ["digits", "many sines", "many terms", "minus signs", "many terms, squared"]
)
def test_a_hostile_formula_is_rejected(title: str) -> None:
    with pytest.raises(Rejected):
        tower(HOSTILE[title], 2)


def test_all_formulas_of_a_certificate_share_one_allowance() -> None:
    proof = ring()
    with pytest.raises(Rejected, match="cost"):
        for _ in range(10_000):
            proof.read("(a + b + c)**8")


def test_a_variable_may_stand_for_a_polynomial() -> None:
    t = Polynomial.atom("t")
    argument = t * t + Polynomial.constant(1)
    assert Formulas("u", argument).read("u**2 - 1").terms == Formulas("t").read("t**4 + 2*t**2").terms
