"""What a run showed, as one JSON object: plateaus, neurons, exact points, perturbations."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np

from .enclosed import EnclosedPoint
from .experiments import Experiment
from .perturbations import Perturbations, perturb
from .phases import Plateau, find_plateaus, neurons_at
from .runs import Settings
from .trajectory import Trajectory
from .visits import Visit, visit

Said = Callable[[str], None]
DEFAULT_NOISE = "0.000128"


def report(experiment: Experiment, chosen: Settings, trajectory: Trajectory,
           say: Said = lambda text: None) -> tuple[dict[str, Any], list[Plateau], Perturbations | None]:
    """The object, the plateaus, and the perturbations where the experiment has some."""
    plateaus = find_plateaus(trajectory)
    rows = []
    for number in range(len(plateaus)):
        say(f"exact point near plateau {number + 1} of {len(plateaus)}")
        found = visit(experiment, trajectory, chosen.step, plateaus, number)
        rows.append(_row(trajectory, plateaus[number], found))
    noise = None
    if experiment.perturbations:
        say(f"{experiment.perturbations} perturbations")
        state = trajectory.W[-1], trajectory.H[-1]
        noise = perturb(trajectory.task, state, float(experiment.noise or DEFAULT_NOISE),
                        experiment.perturbations, chosen.seed)
    content = {
        **asdict(chosen), "source": experiment.source, "scale": experiment.scale,
        "hidden_neurons": experiment.n_hidden, "loss": trajectory.loss[[0, -1]].tolist(),
        "largest_weight": float(max(np.abs(trajectory.W[-1]).max(), np.abs(trajectory.H[-1]).max())),
        "drift": trajectory.drift, "escapes": len(plateaus) - 1, "plateaus": rows,
        "perturbations": None if noise is None else _noise(noise),
        "printed": list(experiment.reported), "not_printed": list(experiment.unprinted)}
    return content, plateaus, noise


def _row(trajectory: Trajectory, plateau: Plateau, found: Visit) -> dict[str, Any]:
    """One plateau, with the neurons at its last calm moment."""
    index = plateau.near
    neurons = neurons_at(trajectory, index)
    groups = [neurons.groups == g for g in range(neurons.groups.max(initial=-1) + 1)]
    return {
        "epochs": [int(trajectory.epochs[plateau.first]), int(trajectory.epochs[plateau.last])],
        "near": int(trajectory.epochs[index]), "loss": float(trajectory.loss[index]),
        "dead": int(neurons.dead.sum()), "small_living": int(neurons.small.sum()),
        "groups": [{"neurons": int(g.sum()), "angle": float(np.median(trajectory.angles[index, g]))}
                   for g in groups],
        "exact": _exact(trajectory, found), "reason": found.reason}


def _exact(trajectory: Trajectory, found: Visit) -> dict[str, Any] | None:
    """The exact point. An irrational one has a radius, a rounded loss, and no count of escape neurons."""
    point, kind = found.point, found.type
    if found.distance is None:
        return None
    place = {"near": int(trajectory.epochs[found.index]), "distance": float(found.distance)}
    if isinstance(point, EnclosedPoint):
        return place | {
            "trust": point.trust, "radius": float(point.radius),
            "loss": f"{float(point.centre.loss):.10g}", "verdict": point.verdict, "kind": None,
            "global": False, "escape_neurons": None, "reason": point.reason}
    return None if point is None or kind is None else place | {
        "trust": "exact", "radius": 0.0, "loss": str(point.network.loss), "verdict": kind.verdict,
        "kind": kind.kind, "global": kind.is_global,
        "escape_neurons": sorted({escape.neuron for escape in kind.escapes}), "reason": kind.reason}


def _noise(found: Perturbations) -> dict[str, Any]:
    return {
        "evidence": "float64, not a proof", "count": len(found.changes), "size": found.size,
        "falls": found.falls, "least_change": float(found.changes.min()),
        "largest_change": float(found.changes.max()), "crossings": found.crossings,
        "smooth_size": found.smooth_size}
