"""Run the scripts of this folder and write them, with their outputs, as notebooks.

    python notebooks/build.py [NAME ...]

A script `NAME.py`, in cells marked `# %%`, is the source; `NAME.ipynb` is made from it and never edited. It
depends on the script, the program and the versions of SymPy and Matplotlib, but not on time or machine.
"""

import sys
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parent
NAMES = tuple(sorted(file.stem for file in FOLDER.glob("*.py") if file.name != "build.py"))
SECONDS = 120  # allowed for a cell
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def read(script: str) -> NotebookNode:
    """The notebook of a script, given as text: numbered cells, without outputs."""
    notebook = jupytext.reads(script, fmt="py:percent")
    notebook.metadata = nbformat.from_dict(METADATA)
    for number, cell in enumerate(notebook.cells):
        cell.id, cell.metadata = f"cell-{number:02d}", nbformat.from_dict({})
    return notebook


def execute(notebook: NotebookNode) -> NotebookNode:
    """Run all cells in place. Raises nbclient's CellExecutionError at the first that fails."""
    # The kernel starts at the top of the clone: so it finds symplateau, installed or not.
    place = {"metadata": {"path": str(FOLDER.parent)}}
    client = NotebookClient(
        notebook, timeout=SECONDS, resources=place, coalesce_streams=True, record_timing=False
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    return notebook


if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        built = execute(read((FOLDER / f"{name}.py").read_text("utf-8")))
        nbformat.write(built, FOLDER / f"{name}.ipynb")
