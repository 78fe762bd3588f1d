"""npz archives: what is refused before it is used. The readers' own tests have the rest."""

import io

import numpy as np
import pytest

from symplateau.archives import read_archive
from symplateau.errors import InputError


def archive(**arrays: object) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(("point", "good"), [
    (0x41, True), (0x10FFFF, True), (0x110000, False), (2**32 - 1, False)])
def test_a_text_with_numbers_that_are_no_code_points(order: str, point: int, good: bool) -> None:
    text = np.array([0x41, point], dtype=f"{order}u4").view(f"{order}U2").reshape(())
    if good:
        assert str(read_archive(archive(x=text), ["x"], lambda *given: None)["x"]) == "A" + chr(point)
        return
    with pytest.raises(InputError, match="text in Unicode"):
        read_archive(archive(x=text), ["x"], lambda *given: None)


def test_an_empty_text() -> None:
    assert str(read_archive(archive(x=np.array("")), ["x"], lambda *given: None)["x"]) == ""
