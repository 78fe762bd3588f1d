"""The limit on the time of a search, and what it does not cut in two."""

import importlib
import sys
import time
from pathlib import Path

import pytest

from symplateau.deadline import until
from symplateau.errors import Undecided

SPIN = "import time\nend = time.monotonic() + 0.4\nwhile time.monotonic() < end:\n    pass\nDONE = True\n"


def test_a_search_is_cut_where_it_is() -> None:
    with pytest.raises(Undecided, match="time"), until(time.monotonic() + 0.05):
        while True:
            pass


def test_an_import_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """NumPy, imported by half, makes every later use of it fail."""
    (tmp_path / "slow_to_import.py").write_text(SPIN)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Undecided, match="time"), until(time.monotonic() + 0.05):
        module = importlib.import_module("slow_to_import")
        assert module.DONE
        while True:  # the alarm comes again
            pass
    assert sys.modules["slow_to_import"].DONE
