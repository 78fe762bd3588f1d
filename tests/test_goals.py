"""The goals: pinned, complete, and reached by their scripts."""

import ast
import hashlib
import json
import re
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from dictionary.goals import GOALS, PROOFS, STATEMENTS, Goal, Statement

from symplateau.kernel.certificate import check
from symplateau.kernel.format import STATEMENT_FORMAT, encode, load

CLAIMS = {goal.claim: goal for goal in GOALS}
BORROWED = json.loads((PROOFS / "BORROWED.json").read_bytes())
FIELDS = {"claim", "title", "paper", "source", "scope", "says", "readings"}
FIELDS |= {"depends_on", "borrowed", "statements", "conclusion"}
ENDING = """

if __name__ == "__main__":
    from symplateau.ledger import run

    run(__file__)
"""
PAPERS = {"A": "stationary-plateau", "B": "relu-like", "S": "symplateau"}

each_goal = pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.claim)
each_statement = pytest.mark.parametrize("statement", STATEMENTS, ids=lambda x: " ".join(x.key))


def pins(folder: Path) -> dict[str, str]:
    lines = (folder / "GOALS.sha256").read_text().splitlines()
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def expected(statement: dict[str, Any]) -> Any:
    """What the kernel has to return."""
    if "witness" in statement:
        return statement["witness"]
    return {"format": STATEMENT_FORMAT, "kind": "algebraic", "rests_on": [], "says": statement["says"]}


def reached(goal: Goal, content: dict[str, Any]) -> bool:
    """Whether the script's certificates prove the statements of this content, byte by byte and in order."""
    found = [check(load(encode(certificate))) for certificate in goal.certificates]
    return [encode(x) for x in found] == [encode(expected(x)) for x in content["statements"]]


@each_goal
def test_the_script_reaches_its_goal(goal: Goal) -> None:
    assert reached(goal, goal.content)
    assert goal.claim == goal.module.CLAIM


def test_every_script_has_a_goal_and_every_goal_a_script() -> None:
    scripts = {path for path in PROOFS.glob("*/*.py") if not path.name.startswith("_")}
    with_claim = {path for path in scripts if re.search(r"^CLAIM = ", path.read_text(), re.MULTILINE)}
    assert with_claim == {goal.script for goal in GOALS}


@each_goal
def test_goals_are_pinned(goal: Goal) -> None:
    assert pins(goal.file.parent)[goal.file.name] == hashlib.sha256(goal.file.read_bytes()).hexdigest()


@pytest.mark.parametrize("folder", sorted({goal.file.parent for goal in GOALS}), ids=lambda path: path.name)
def test_pins_name_the_goals_and_nothing_else(folder: Path) -> None:
    assert sorted(pins(folder)) == sorted(path.name for path in folder.glob("*.goal.json"))
    if shutil.which("sha256sum"):
        command = ["sha256sum", "--check", "--strict", "--quiet", "GOALS.sha256"]
        subprocess.run(command, cwd=folder, check=True)


@each_goal
def test_one_changed_character_is_noticed(goal: Goal) -> None:
    data, random = goal.file.read_bytes(), Random(goal.claim)
    for _ in range(20):
        place = random.randrange(len(data))
        other = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert hashlib.sha256(other).hexdigest() != pins(goal.file.parent)[goal.file.name]


@each_statement
def test_one_changed_character_of_a_formula_is_another_goal(statement: Statement) -> None:
    """Even if its digest were recorded, the script would not reach it."""
    random = Random(" ".join(statement.key))
    says = statement.says
    for part, name in [*(("hypotheses", x) for x in says["hypotheses"]), ("conclusions", 0)]:
        text = says[part][name]
        place = random.randrange(len(text))
        changed = text[:place] + random.choice("+-*()2x ") + text[place + 1 :]
        if changed != text:
            content = json.loads(statement.goal.file.read_bytes())
            content["statements"][statement.number]["says"][part][name] = changed
            assert not reached(statement.goal, content)


@each_goal
def test_goals_are_complete(goal: Goal) -> None:
    content = goal.content
    assert FIELDS <= set(content) <= FIELDS | {"refutes", "replaced_by", "true"}
    assert content["paper"] == PAPERS[goal.claim[0]] == goal.file.parent.name.replace("_", "-")
    assert all(content[field] for field in ("title", "source", "scope", "says", "statements", "conclusion"))
    assert set(content["borrowed"]) <= set(BORROWED)
    assert content["borrowed"] == sorted(set(content["borrowed"]))
    names = [statement["name"] for statement in content["statements"]]
    assert len(set(names)) == len(names)


@each_goal
def test_the_conclusion_uses_all_that_the_goal_names(goal: Goal) -> None:
    content = goal.content
    sentences, text = content["conclusion"], " ".join(content["conclusion"])
    assert all(sentence.startswith(f"{number}. ") for number, sentence in enumerate(sentences, 1))
    for name in content["borrowed"]:
        assert name.removesuffix(" theorem").split("-")[-1] in text, name
    for name in content["depends_on"]:
        assert name in text or content.get("refutes"), name
    for statement in content["statements"]:
        assert f'"{statement["name"]}"' in text or content.get("refutes"), statement["name"]


@each_goal
def test_hypotheses_that_the_conclusion_speaks_of_exist(goal: Goal) -> None:
    near = {goal.claim, *goal.content["depends_on"]}
    known = {name for x in STATEMENTS if x.goal.claim in near for name in x.says["hypotheses"]}
    for name in re.findall(r"`([^`]+)`", " ".join(goal.content["conclusion"])):
        assert name in known, name


@each_statement
def test_every_atom_has_a_bridge(statement: Statement) -> None:
    bridges = statement.content["bridges"]
    assert sorted(bridges) == sorted(statement.atoms)
    assert all(bridge.strip() and "\n" not in bridge for bridge in bridges.values())
    assert statement.content["family"].startswith("none") == (not statement.indexed)


@each_statement
def test_every_hypothesis_is_cited_and_every_atom_used(statement: Statement) -> None:
    steps = statement.goal.certificates[statement.number]["steps"]
    cited = {name for step in steps for name in step["multipliers"]}
    cited |= {name for step in steps for term in step.get("terms", ()) for name in term.get("factors", ())}
    says = statement.says
    assert set(says["hypotheses"]) <= cited
    formulas = " ".join([*says["hypotheses"].values(), *says["conclusions"]])
    assert set(statement.atoms) <= set(re.findall(r"\w+", formulas))


def test_every_borrowed_theorem_is_used_and_stated() -> None:
    assert list(BORROWED) == sorted(BORROWED)
    assert {name for goal in GOALS for name in goal.content["borrowed"]} == set(BORROWED)
    assert all(statement.endswith(".") and "\n" not in statement for statement in BORROWED.values())


def leans_on(claim: str, above: tuple[str, ...] = ()) -> set[str]:
    """All claims below; fails where they go in a circle."""
    assert claim not in above, " -> ".join((*above, claim))
    below = set(CLAIMS[claim].content["depends_on"])
    return below.union(*(leans_on(other, (*above, claim)) for other in below))


@each_goal
def test_dependencies_are_known_and_go_in_no_circle(goal: Goal) -> None:
    below = leans_on(goal.claim)
    assert below <= set(CLAIMS)
    assert not any(CLAIMS[claim].content.get("refutes") for claim in below), "it leans on a refuted claim"
    for certificate in goal.certificates:
        assert set(check(certificate)["rests_on"]) <= below
    if goal.content.get("refutes"):
        assert CLAIMS[goal.content["replaced_by"]].claim == goal.claim + "-amended"


def test_claims_that_the_kernel_rests_on_have_goals() -> None:
    kernel = Path(check.__code__.co_filename).parent
    text = "".join(path.read_text() for path in kernel.glob("*.py"))
    cited = set(re.findall(r'"([AS]/[a-z0-9.-]+)"', text))
    assert len(cited) >= 9
    assert cited <= set(CLAIMS)


@each_goal
def test_scripts_read_like_proofs(goal: Goal) -> None:
    text = goal.script.read_text()
    docstring = ast.get_docstring(ast.parse(text)) or ""
    found = [line.split(" ")[0] for line in docstring.splitlines() if re.match(r"[A-Z]\w+:", line)]
    without = [["Source:", "Scope:"]] if goal.content.get("refutes") else []
    assert found in [["Source:", "Writing:", "Scope:"], *without]
    assert text.count("    # ") >= len(goal.content["statements"])
    assert text.endswith(ENDING)


def test_the_counterexample_to_lemma_4_2_stands_on_its_own() -> None:
    """One sample x = y = 1, sigma = t**2: near the split point L <= 1/2, and less almost everywhere."""
    random, half = Random(1), Fraction(1, 2)

    def loss(v: Fraction, w: Fraction, V: Fraction, W: Fraction) -> Fraction:
        return (v * w**2 + V * W**2 - 1) ** 2 / 2

    near = [loss(half + a, b, half + c, d) for a, b, c, d in (
        [Fraction(random.randint(-9, 9), 40) for _ in range(4)] for _ in range(200))]
    assert loss(half, Fraction(0), half, Fraction(0)) == half
    assert max(near) <= half and min(near) < half
    [network] = [x["witness"]["about"] for x in CLAIMS["A/lemma-4.2"].content["statements"]]
    assert network.pop("kind") == "network"
    assert network == {"activation": "t**2", "X": [["1"]], "y": ["1"], "v": ["1"], "W": [["0"]]}
