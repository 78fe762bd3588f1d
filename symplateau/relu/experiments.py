"""The experiments of paper B as data: samples, sizes and what the print says, exact, as texts of rationals.

The print leaves some things open (`unprinted`): there the values here are choices. What it reports is kept
beside (`reported`), to be compared with a run and never used by one.
"""

from dataclasses import dataclass
from fractions import Fraction

from ..errors import InputError

Rows = tuple[tuple[str, ...], ...]
COMMON = ("the random seed", "the generator of the initial weights and the precision of the arithmetic")


@dataclass(frozen=True)
class Experiment:
    """One experiment: a ReLU network of one hidden layer, trained by gradient descent from a random start.

    X: (n_samples, n_inputs). Y: (n_samples, n_outputs). scale: standard deviation of every initial weight.
    step: of the gradient of half the sum of squares, eq. (2). epochs: a full run. figure: of the evolution.
    noise: the half-width of the perturbations at the end of training, None where none are printed;
    perturbations: their number. unprinted: what the text does not say. reported: what it says it saw.
    escapes: of saddles, as reported; None where it gives no number. marks: printed epochs of the escapes.
    pictures: further ones, by kind, with their figures. seed: of the full runs; with most others appendix J
    ends at a spurious minimum.
    """

    name: str
    source: str
    figure: int
    X: Rows
    Y: Rows
    scale: str
    step: str
    epochs: int
    unprinted: tuple[str, ...]
    reported: tuple[str, ...]
    escapes: int | None
    marks: tuple[int, ...] = ()
    noise: str | None = None
    perturbations: int = 0
    pictures: tuple[tuple[str, int], ...] = ()
    seed: int = 7
    n_hidden: int = 50

    @property
    def mean_factor(self) -> Fraction:
        """The gradient of the mean of all squared residuals is this multiple of that of eq. (2)."""
        return Fraction(2, len(self.Y) * len(self.Y[0]))


LINE = (("-1", "1"), ("-0.6", "1"), ("-0.1", "1"), ("0.3", "1"), ("0.7", "1"))
LINE_TARGETS = (("0.28",), ("-0.1",), ("0.03",), ("0.23",), ("-0.22",))

EXPERIMENTS = (
    Experiment(
        "section-4.1.1", "paper B, section 4.1.1, appendices H and P", 3, LINE, LINE_TARGETS, "5e-6", "0.001",
        500_000,
        (*COMMON, "whether the loss trained on is eq. (2), as taken here, or a mean; the step belongs to it",
         "figure 18 gives another scale, 8e-6"),
        ("two saddles are escaped, at about epochs 42,000 and 152,000", "the last plateau is a local minimum",
         "one group settles at 2.53 rad, orthogonal to the fifth sample",
         "directions between 3.93 and 5.67 rad are dead", "all 5,000 perturbations raise the loss"),
        2, (42_000, 152_000), "0.000128", 5_000, (("perturbations", 10), ("function", 18))),
    Experiment(
        "appendix-i.1", "paper B, appendix I.0.1", 11,
        (("-0.3", "-0.75", "-0.5"), ("-0.2", "-0.2", "0.4"), ("-0.6", "1", "-1"), ("-0.4", "0.4", "0.3"),
         ("0.6", "-0.1", "-0.7"), ("0.4", "-0.9", "0.3"), ("0.2", "0.2", "-0.5")),
        (("-0.5",), ("0.1",), ("-0.6",), ("0.3",), ("0.8",), ("-0.3",), ("-0.1",)), "9.51e-11", "0.001",
        500_000, (*COMMON, "the step (taken from section 4.1.1)", "the number of epochs"),
        ("four saddles are escaped", "the end is a global minimum of zero loss",
         "two groups grow together at the first escape"), 4),
    Experiment(
        "appendix-i.2", "paper B, appendix I.0.2", 12,
        (("-0.3", "0.5"), ("1", "1"), ("-0.6", "-1"), ("0.4", "-0.4")),
        (("0.6", "-0.5"), ("0.5", "-1"), ("-0.4", "0.6"), ("0.8", "0.2")), "9.51e-11", "0.001", 200_000,
        (*COMMON, "the step (taken from section 4.1.1)", "the number of epochs",
         "the size of the perturbations (taken from appendix H)"),
        ("three saddles are escaped", "group 1 has gathered at 1.03 rad at epoch 25,000, before the first",
         "group 2 is attracted to 3.22 rad before the second (the printed vector has the angle 4.01)",
         "the third saddle is approached at epoch 100,000: residuals -0.18, 0.12; 0.12, 0.08",
         "at the end only the fourth sample is not fitted, a local minimum",
         "all 5,000 perturbations raise the loss"),
        3, (), "0.000128", 5_000, (("perturbations", 13), ("residuals", 14))),
    Experiment(
        "appendix-j", "paper B, appendices J and P", 15, LINE, LINE_TARGETS, "8.75e-4", "0.001", 500_000,
        (*COMMON, "the step and the number of epochs (taken from section 4.1.1; the start is that of section"
         " 4.1.1 times 175)",
         "which seeds end at zero loss: here 3, 7, 8 and 13 of 0 to 19, the others at a spurious minimum"),
        ("four groups grow, at about epochs 14,000, 66,000, 144,000 and 280,000",
         "the end has four kinks and zero loss"), None, (14_000, 66_000, 144_000, 280_000),
        pictures=(("function", 19),)),
)
NAMES = tuple(experiment.name for experiment in EXPERIMENTS)


def experiment(name: str) -> Experiment:
    """The experiment of this name. Raises InputError (status 2)."""
    for found in EXPERIMENTS:
        if found.name == name:
            return found
    raise InputError(None, "NAME", "one of " + ", ".join((*NAMES, "all")), name, status=2)
