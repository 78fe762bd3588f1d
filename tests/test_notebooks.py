"""The notebooks run, their exact assertions can fail, and what is shipped is what they print."""

import ast
import re
import runpy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

FOLDER = Path(__file__).parent.parent / "notebooks"
BUILD: dict[str, Any] = runpy.run_path(str(FOLDER / "build.py"))
NAMES = ("hessian_by_hand", "lemma_4_perturbations", "plateau_regions", "relu_networks")

# A wrong sentence, and what it replaces.
MUTANTS = {
    "hessian_by_hand": ("block] += self.inner(i)", "block] -= self.inner(i)"),
    "lemma_4_perturbations": ("(-t, t + t**2)", "(-t, t)"),  # the daughters no longer cancel
    "plateau_regions": ('"positive definite": [[2, 0], [0, 1]]', '"positive definite": [[2, 0], [0, -1]]'),
    "relu_networks": ("CURVE = ((1, s - 6 * s**2)", "CURVE = ((1, s - 5 * s**2)"),  # it still falls, by less
}
PICTURES = {"hessian_by_hand": 0, "lemma_4_perturbations": 2, "plateau_regions": 5, "relu_networks": 2}


def script(name: str) -> str:
    return (FOLDER / f"{name}.py").read_text("utf-8")


def shipped(name: str) -> Any:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def printed(notebook: Any) -> list[list[str]]:
    """What each code cell prints; pictures and formulas left out, which depend on Matplotlib and SymPy."""
    cells = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    return [[output.text for output in outputs if output.output_type == "stream"] for outputs in cells]


def test_every_script_is_known_here() -> None:
    assert BUILD["NAMES"] == NAMES == tuple(sorted(file.stem for file in FOLDER.glob("*.ipynb")))


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_has_the_cells_of_its_script(name: str) -> None:
    source, made = BUILD["read"](script(name)), shipped(name)
    assert [(x.cell_type, x.source) for x in made.cells] == [(x.cell_type, x.source) for x in source.cells]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_prints_what_is_shipped(name: str) -> None:
    notebook, made = BUILD["execute"](BUILD["read"](script(name))), shipped(name)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    outputs = [output for cell in code for output in cell.outputs]
    assert not any(output.output_type == "error" or output.get("name") == "stderr" for output in outputs)
    assert printed(notebook) == printed(made)


@pytest.mark.parametrize("name", NAMES)
def test_no_assertion_is_hidden_in_a_function(name: str) -> None:
    tree = ast.parse(script(name))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    hidden = [x for function in functions for x in ast.walk(function) if isinstance(x, ast.Assert)]
    asserts = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    assert not hidden and len(asserts) >= 20


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_sentence_stops_a_notebook(name: str) -> None:
    right, wrong = MUTANTS[name]
    assert script(name).count(right) == 1
    with pytest.raises(CellExecutionError) as caught:
        BUILD["execute"](BUILD["read"](script(name).replace(right, wrong)))
    assert caught.value.ename == "AssertionError"


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_notebook_knows_no_time_and_no_machine(name: str) -> None:
    made, text = shipped(name), (FOLDER / f"{name}.ipynb").read_text("utf-8")
    assert made.metadata == BUILD["METADATA"]
    assert not any(cell.metadata for cell in made.cells)
    assert not re.search(r"/(home|root|Users|tmp|usr|work|opt)/|[A-Z]:\\\\|ipykernel_[0-9]", text)
    pictures = [o for cell in made.cells for o in cell.get("outputs", ()) if "image/png" in o.get("data", {})]
    assert len(pictures) == PICTURES[name]
