"""Our own claim about a point from which every straight line rises, and a curve falls."""

from fractions import Fraction
from random import Random
from typing import Any

from .entries import Instance, entry
from .networks import ONE, Matrix, dot, square
from .relu_networks import ZERO, Kinked, Move, flat, random_move

CLAIM = "S/relu-curve"


def matrix(*rows: tuple[int, ...]) -> Matrix:
    return tuple(tuple(map(Fraction, row)) for row in rows)


NET = Kinked(ONE, ZERO, matrix((5, 3), (4, -24), (3, 5), (-24, 4)), matrix((8, -8), (4, 4), (8, 8), (4, -4)),
             matrix((1, 0), (1, 0)), matrix((1, 0), (0, 1)))


def placed(letter: str, numbers: Matrix) -> dict[str, Fraction]:
    """Numbers by sample and output."""
    return {f"{letter}{k}{j}": x for k, row in enumerate(numbers, 1) for j, x in enumerate(row, 1)}


def letters(move: Move) -> dict[str, Fraction]:
    """The entries of a move."""
    ((aA, bA), (aB, bB)), ((pA, tA), (tB, pB)) = move.h, move.W
    return {"aA": aA, "bA": bA, "pA": pA, "tA": tA, "aB": aB, "bB": bB, "pB": pB, "tB": tB}


def expanded(move: Move) -> dict[str, Any]:
    """The coefficients of outputs and loss along a line."""
    y, Y = NET.coefficients(move)
    pairs = [tuple(zip(x[::2], x[1::2], strict=True)) for x in (y, Y)]
    return placed("y", pairs[0]) | placed("Y", pairs[1]) | {
        "q": square(y) / 2 + dot(flat(NET.residuals), Y), "c": dot(y, Y), "k": square(Y) / 2}


def null_move(random: Random) -> Move:
    """The line that is bent into the curve, and scalings."""
    t, p, r = (Fraction(random.randint(1, 9), random.choice([-2, 3])) for _ in range(3))
    return Move(((5 * t - p, -t), (-5 * t - r, -t)), ((p, t), (-t, r)))


@entry(CLAIM, "curve")
def curve(random: Random, daughters: int) -> Instance:
    s = Fraction(random.randint(1, 9), 150)
    bend = 6 * s**2
    end = Kinked(NET.a, NET.b, NET.X, NET.y, ((1 + 5 * s, -s), (1 - 5 * s, -s)),
                 ((ONE, s - bend), (-s - bend, ONE)))
    return Instance(placed("f", end.outputs) | {"s": s, "L": end.loss})


@entry(CLAIM, "lines")
def lines(random: Random, daughters: int) -> Instance:
    move = random_move(random, NET)
    s = NET.short(move)
    end = NET.moved(move, s)
    return Instance(letters(move) | expanded(move) | placed("f", end.outputs) | {
        "s": s, "l": NET.loss, "L": end.loss})


@entry(CLAIM, "steep lines")
def steep_lines(random: Random, daughters: int) -> Instance:
    move = random_move(random, NET)
    found, s = expanded(move), NET.short(move)
    while found["q"] + found["c"] * s <= 0:
        s /= 2
    return Instance({"s": s, "l": NET.loss, "L": NET.moved(move, s).loss} | {x: found[x] for x in "qck"})


@entry(CLAIM, "null lines")
def null_lines(random: Random, daughters: int) -> Instance:
    move = null_move(random)
    found = expanded(move)
    assert found.pop("q") == 0
    return Instance(letters(move) | found)
