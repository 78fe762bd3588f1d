"""Pictures of plateaus: every region in its place and colour; and what cannot be drawn."""

import builtins
import json
import re
from fractions import Fraction as F
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from symplateau.cli import main
from symplateau.errors import InputError
from symplateau.report import picture
from symplateau.splitting import sign_patterns, signs

pytest.importorskip("matplotlib")

MINIMA = {2: {"++": "local minimum"}, 3: {"+--": "local minimum"}}


def content(daughters: int, coefficients: list[str] | None = None, **types: Any) -> dict[str, Any]:
    """The JSON of a plateau on which all is a saddle, but what is said."""
    known = MINIMA[daughters] | types
    regions = [{"signs": x, "verdict": known.get(x, "saddle")} for x in sign_patterns(daughters)]
    return {"regions": regions, "neuron": 1, "plateau": "local minima and saddles", "verdict": "saddle",
            "coefficients": coefficients}


def axes_of(daughters: int, given: list[F] | None = None, **types: Any) -> Any:
    """The picture as matplotlib has it, before it becomes a file."""
    from matplotlib.figure import Figure

    axes = Figure().add_subplot()
    known = {x["signs"]: x["verdict"] for x in content(daughters, **types)["regions"]}
    (picture._draw_line if daughters == 2 else picture._draw_plane)(axes, known, given)
    return axes


def colour_at(axes: Any, point: tuple[float, float]) -> str:
    """The colour of the topmost filled shape over a point."""
    from matplotlib.colors import to_hex

    place = axes.transData.transform(point)
    shapes = [patch for patch in axes.patches if patch.get_path().contains_point(
        patch.get_transform().inverted().transform(place))]
    return to_hex(shapes[-1].get_facecolor()).upper()


@pytest.mark.parametrize("place", [F(-1, 2), F(1, 3), F(3, 2)])
def test_the_line_has_each_region_in_its_place(place: F) -> None:
    axes = axes_of(2)
    kind = MINIMA[2].get("".join(sorted(signs([place, 1 - place]), key="+0-".index)), "saddle")
    assert colour_at(axes, (float(place), 0.5)) == picture.STYLE[kind][0].upper()


@pytest.mark.parametrize(("first", "second"), list(product([F(-2, 3), F(1, 4), F(5, 4)], repeat=2)))
def test_the_plane_has_each_region_in_its_place(first: F, second: F) -> None:
    axes = axes_of(3)
    pattern = "".join(sorted(signs([first, second, 1 - first - second]), key="+0-".index))
    expected = "local minimum" if pattern == "+--" else "saddle"
    assert colour_at(axes, (float(first), float(second))) == picture.STYLE[expected][0].upper()


def test_the_edges_have_their_own_colours() -> None:
    from matplotlib.colors import to_hex

    axes = axes_of(3, None, **{"++0": "local maximum", "+0-": "undecided", "+00": "locally constant"})
    colours = [to_hex(line.get_color()).upper() for line in axes.lines if line.get_linestyle() == "-"]
    assert colours.count(picture.STYLE["local maximum"][0]) == 3  # the sides of the triangle
    assert colours.count(picture.STYLE["undecided"][0]) == 6  # and what goes on from them
    corners = [line for line in axes.lines if line.get_marker() == "o"]
    assert len(corners) == 3
    assert {line.get_markerfacecolor() for line in corners} == {picture.STYLE["locally constant"][0]}


def test_every_open_region_is_labelled_once() -> None:
    texts = [text.get_text().replace(" ", "").replace("\N{MINUS SIGN}", "-") for text in axes_of(3).texts]
    assert sorted(texts) == sorted(x for x in map("".join, product("+-", repeat=3)) if "+" in x)
    assert [text.get_text() for text in axes_of(2).texts] == ["\N{MINUS SIGN} +", "+ +", "+ \N{MINUS SIGN}"]


def test_the_given_coefficients_are_marked_and_hide_no_label() -> None:
    axes = axes_of(3, [F(1, 3)] * 3)
    [marker] = [line for line in axes.lines if line.get_marker() == "D"]
    assert (marker.get_xdata()[0], marker.get_ydata()[0]) == pytest.approx((1 / 3, 1 / 3))
    label = next(text for text in axes.texts if text.get_text() == "+ + +")
    assert abs(label.get_position()[1] - 1 / 3) > 0.1
    assert axes_of(2, [F(7), F(-6)]).get_xlim()[1] > 7


def test_colours_differ_in_lightness_or_hatch() -> None:
    def lightness(colour: str) -> float:
        red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    styles = list(picture.STYLE.values())
    for k, (colour, hatch) in enumerate(styles):
        assert all(hatch != other or abs(lightness(colour) - lightness(c)) > 0.1 for c, other in styles[:k])


@pytest.mark.parametrize(("suffix", "magic"), [
    ("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF"), ("PNG", b"\x89PNG")])
@pytest.mark.parametrize("daughters", [2, 3])
def test_the_file_formats(tmp_path: Path, suffix: str, magic: bytes, daughters: int) -> None:
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    for path in (one, two):
        picture.draw(str(path), content(daughters, ["2", "-1", "0"][:daughters]), "net.json")
    assert one.read_bytes().startswith(magic) and one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("coefficients", [["1e400", "-1e400"], [str(10**400), str(1 - 10**400)]])
def test_coefficients_far_away_are_named_and_not_shown(tmp_path: Path, coefficients: list[str]) -> None:
    picture.draw(str(tmp_path / "x.svg"), content(2, coefficients), "a name with $math$ and \\frac{")
    assert re.search("PNG|svg", (tmp_path / "x.svg").read_text())


def test_what_cannot_be_drawn() -> None:
    picture.require_drawable("x.svg", 3)
    for path, daughters in (("x.jpg", 2), ("x", 2), ("x.png", 4), ("x.png", 1)):
        with pytest.raises(InputError) as caught:
            picture.require_drawable(path, daughters)
        assert caught.value.status == 2


# From the command line


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as caught:
        main.main(list(map(str, arguments)))
    return int(caught.value.code or 0)


def test_plot_draws_beside_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "picture.png"
    assert status("plateau", "wine_tanh_2", "--neuron", 1, "--plot", file, "--json") == 0
    assert json.loads(capsys.readouterr().out)["plateau"] == "local minima and saddles"
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("arguments", "words"), [
    (["--plot", "x.gif"], ".png, .svg, .pdf"), (["--plot", "x"], ".png, .svg, .pdf"),
    (["--plot", "x.png", "--daughters", 4], "2 or 3 daughters"),
    (["--plot", "x.png", "--coefficients", "1/4,1/4,1/4,1/4"], "2 or 3 daughters")])
def test_what_cannot_be_plotted_is_refused_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[Any],
    words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert status("plateau", "wine_tanh_2", "--neuron", 1, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and words in captured.err and captured.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_one_line_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(picture, "find_spec", lambda name: None)
    assert status("plateau", "wine_tanh_2", "--neuron", 1, "--plot", tmp_path / "x.png") == 2
    captured = capsys.readouterr()
    assert captured.out == "" and "symplateau[plot]" in captured.err and captured.err.count("\n") == 1


def test_a_plateau_that_is_not_there_is_not_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = tmp_path / "net.json"
    net.write_text(json.dumps({"activation": "tanh", "X": [[1]], "y": [1], "v": [1], "W": [[1]]}))
    assert status("plateau", net, "--neuron", 0, "--plot", tmp_path / "x.png") == 0
    assert "not drawn" in capsys.readouterr().err and not (tmp_path / "x.png").exists()


def test_matplotlib_is_not_needed_without_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **more: Any) -> Any:
        if name.split(".")[0] == "matplotlib":
            raise ImportError(name)
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert status("plateau", "wine_tanh_2", "--neuron", 1) == 0
