"""Pictures of a training, like figures 3 and 10 to 15 of paper B. Without a date: equal runs, equal files."""

import io
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..errors import InputError
from ..relu.perturbations import Perturbations
from ..relu.phases import Neurons, Plateau, colouring
from ..relu.trajectory import Trajectory
from ..writing import FilePath, write_bytes

# Okabe and Ito: colours that the colour-blind can tell apart. Dead neurons are black, as in the paper.
COLOURS = ("#D55E00", "#E69F00", "#0072B2", "#009E73", "#CC79A7", "#56B4E9")
OTHER, DEAD, SECTOR, MARK = "#999999", "#000000", "#E4E4E4", "#555555"
BINS = 50
SCAN = 3_600  # directions looked at to find the dead ones


def require_plots() -> None:
    """Raise InputError (status 2) unless pictures can be drawn."""
    if find_spec("matplotlib") is None:
        extra = "matplotlib, which the extra 'plot' installs: pip install 'symplateau[plot]' (or --no-plots)"
        raise InputError(None, "--plots", extra, "none", status=2)


def draw(kind: str, path: FilePath, trajectory: Trajectory, plateaus: list[Plateau],
         noise: Perturbations | None, title: str) -> None:
    """Draw one kind of picture into a png file. Raises InputError, ValueError for an unknown kind."""
    match kind:
        case "evolution":
            draw_evolution(path, trajectory, plateaus, title)
        case "residuals":
            draw_residuals(path, trajectory, plateaus, title)
        case "function":
            draw_function(path, trajectory, plateaus, title)
        case "perturbations" if noise is not None:
            draw_perturbations(path, noise, title)
        case _:
            raise ValueError(f"draw: {kind}")


def draw_evolution(path: FilePath, trajectory: Trajectory, plateaus: list[Plateau], title: str) -> None:
    """Loss, directions and norms of the input weights, output weights by epoch (figures 3, 11, 12, 15)."""
    neurons = colouring(trajectory, plateaus)
    n_outputs = trajectory.H.shape[1]
    figure, panels = _figure(3 + n_outputs, title)
    epochs = trajectory.epochs / 1000
    panels[0].plot(epochs, trajectory.loss, color="black", linewidth=1.5)
    panels[0].set(ylabel="loss")
    _tint_dead(panels[1], trajectory)
    panels[1].set(ylabel="angle of the first two entries of $w_i$" if trajectory.W.shape[2] > 2
                  else "angle of $w_i$ (rad)", ylim=(0, 2 * np.pi))
    _curves(panels[1], epochs, _unwrapped(trajectory.angles), neurons)
    panels[2].set(ylabel="$\\|w_i\\|$")
    _curves(panels[2], epochs, trajectory.norms, neurons)
    for j, panel in enumerate(panels[3:]):
        panel.set(ylabel="$h_{ji}$" if n_outputs == 1 else f"$h_{{{j + 1}i}}$")
        _curves(panel, epochs, trajectory.H[:, j], neurons)
    for panel in panels:
        panel.set(xlabel="epoch / 1000", xlim=(0, epochs[-1]))
        for plateau in plateaus[:-1]:
            panel.axvline(epochs[plateau.last], color=MARK, linestyle=":", linewidth=1)
    _legend(figure, neurons)
    _save(figure, path)


def draw_residuals(path: FilePath, trajectory: Trajectory, plateaus: list[Plateau], title: str) -> None:
    """Residuals by epoch, a panel per output (figure 14)."""
    figure, panels = _figure(trajectory.task.Y.shape[1], title)
    epochs = trajectory.epochs / 1000
    for j, panel in enumerate(panels):
        for k in range(len(trajectory.task.X)):
            label = f"$e_{{{k + 1},{j + 1}}}$"
            panel.plot(epochs, trajectory.residuals[:, k, j], color=COLOURS[k % 6], label=label)
        panel.set(xlabel="epoch / 1000", ylabel=f"residuals of output {j + 1}", xlim=(0, epochs[-1]))
        panel.axhline(0, color="black", linewidth=0.6)
        for plateau in plateaus[:-1]:
            panel.axvline(epochs[plateau.last], color=MARK, linestyle=":", linewidth=1)
        panel.legend(fontsize=8)
    _save(figure, path)


def draw_perturbations(path: FilePath, found: Perturbations, title: str) -> None:
    """A histogram of the changes of the loss (figures 10 and 13)."""
    figure, panels = _figure(1, title)
    largest = np.abs(found.changes).max()
    power = int(np.floor(np.log10(largest))) if largest else 0
    panels[0].hist(found.changes / 10.0**power, bins=BINS, color=COLOURS[5], edgecolor="black", linewidth=0.4)
    panels[0].axvline(0, color="black", linewidth=1)
    panels[0].set(xlabel=f"change of the loss, in $10^{{{power}}}$ (float64: evidence, no proof)",
                  ylabel="perturbations")
    _save(figure, path)


def draw_function(path: FilePath, trajectory: Trajectory, plateaus: list[Plateau], title: str) -> None:
    """The learned function of the first input, the second being 1, at the plateaus' ends (figures 18, 19)."""
    task = trajectory.task
    figure, panels = _figure(len(plateaus), title)
    margin = 0.3 * np.ptp(task.X[:, 0])
    x = np.linspace(task.X[:, 0].min() - margin, task.X[:, 0].max() + margin, 400)
    inputs = np.stack([x, np.ones_like(x)], axis=1)
    for panel, plateau in zip(panels, plateaus, strict=True):
        z = inputs @ trajectory.W[plateau.last].T
        panel.plot(x, (task.leg_slopes(z) * z) @ trajectory.H[plateau.last, 0], color="#0072B2")
        panel.plot(task.X[:, 0], task.Y[:, 0], "*", color="#D55E00", markersize=9)
        panel.set(xlabel="x", ylabel="output", title=f"epoch {trajectory.epochs[plateau.last]:,}")
    _save(figure, path)


def _figure(count: int, title: str) -> tuple[Any, list[Any]]:
    from matplotlib.figure import Figure

    columns = {1: 1, 2: 2, 4: 2}.get(count, 3)
    rows = -(-count // columns)
    figure = Figure(figsize=(4.2 * columns + 1.0, 3.0 * rows + 0.7), layout="constrained")
    figure.suptitle(title, fontsize=11)
    panels = [figure.add_subplot(rows, columns, number + 1) for number in range(count)]
    for letter, panel in zip("abcdefghi", panels, strict=False):
        panel.set_title(f"({letter})", loc="left", fontsize=10)
    return figure, panels


def _curves(panel: Any, epochs: Any, values: Any, neurons: Neurons) -> None:
    """A line per neuron: dead ones below, the largest group on top of them."""
    for number in sorted(set(neurons.groups.tolist()), key=lambda g: (g >= 0, -g)):
        colour = _colour(number)
        panel.plot(epochs, values[:, neurons.groups == number], color=colour, linewidth=0.8)


def _colour(group: int) -> str:
    return DEAD if group < 0 else COLOURS[group] if group < len(COLOURS) else OTHER


def _unwrapped(angles: Any) -> Any:
    """Without the lines across the picture where an angle passes 0."""
    broken = angles.copy()
    broken[1:][np.abs(np.diff(angles, axis=0)) > np.pi] = np.nan
    return broken


def _tint_dead(panel: Any, trajectory: Trajectory) -> None:
    """Grey where a neuron of two inputs is dead."""
    if trajectory.W.shape[2] != 2:
        return
    angles = np.linspace(0, 2 * np.pi, SCAN)
    dead = trajectory.task.dead(np.stack([np.cos(angles), np.sin(angles)], axis=1))
    panel.fill_betweenx(angles, 0, 1, where=dead, transform=panel.get_yaxis_transform(), color=SECTOR,
                        linewidth=0)


def _legend(figure: Any, neurons: Neurons) -> None:
    from matplotlib.lines import Line2D

    groups = sorted(set(neurons.groups.tolist()), key=lambda g: (g < 0, g))
    names = {g: f"group {g + 1}" if g < len(COLOURS) else "others" for g in groups if g >= 0} | {-1: "dead"}
    handles = [Line2D([], [], color=_colour(g), label=f"{names[g]} ({int((neurons.groups == g).sum())})")
               for g in groups if g <= len(COLOURS)]
    figure.legend(handles=handles, loc="outside lower center", ncols=min(len(handles), 7), frameon=False)


def _save(figure: Any, path: FilePath) -> None:
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=130)
    write_bytes(path, stream.getvalue())
