"""Command lines: every command, with hostile files, options, paths and names."""

import contextlib
import io
import random
from functools import cache
from pathlib import Path

from symplateau.cli import main
from symplateau.kernel.format import Malformed, load

from . import archives, certificates, networks
from .grammar import number
from .networks import Wrong
from .values import NUMBERS, PATHS, PAYLOADS, noise

STATUSES = {0, 1, 2, 3, 4, 5}
SMALL = ("0.05", "0.3", "1e-9", "0", "-1", "nan", "inf", "1e400", "1e-400", "9" * 400, "x", "", "٣", "0x1",
         "1_0", "-0.0")
# No number between these that would be a long run, and no mistake.
WHOLE = ("0", "1", "2", "3", "-1", "64", "65", "10", "1000000000000", "9" * 400, "9" * 5000, "-" + "9" * 30,
         "1.5", "1e3",
         "٣", "x", "", "0x1", " 1", "nan", "True", "1_0", "+1", "--1", "-0", "18446744073709551616",
         "4294967296")
OUTSIDE = ("/etc/passwd", "../" * 50 + "x")  # nothing is to be written there
COMMANDS = ("classify", "plateau", "embed", "verify", "check", "ledger", "refute", "experiment")
WEIGHTS = (6, 6, 6, 4, 2, 1, 2, 2)


@cache
def claims() -> tuple[str, ...]:
    from symplateau.claims import read_claims

    return tuple(sorted(read_claims()))


def network(draw: random.Random, folder: Path) -> str:
    kind = draw.randrange(10)
    if kind == 0:
        return draw.choice((*PATHS, *PAYLOADS))
    if kind == 1:
        return draw.choice(("wine_tanh_2", "relu_line", "relu_curve", "Wine", "relu_curve.json"))
    file = folder / draw.choice(("n.json", "n.json", "a b.json", "é.json", "n.npz"))
    if kind < 5:
        file.write_bytes(networks.content(draw) if kind < 4 else archives.content(draw))
    else:
        value = draw.choice((networks.SMOOTH, networks.RELU, networks.COLUMNS))
        file = file.with_suffix(".json")
        file.write_text(networks.written(value))
    return str(file)


def numbers(draw: random.Random) -> str:
    kind = draw.randrange(4)
    if kind == 0:
        return draw.choice(("1/2,1/2", "1", "1,0", "2,-1", "1/3,1/3,1/3", "0,0", "1,1", ",", "", "1,,",
                            "1/2;1/2",
                            ",".join(["1/64"] * 64), ",".join(["1/65"] * 65), "1," * 3000 + "1", "1,0,0,0"))
    return ",".join(draw.choice((number(draw)[:4100], draw.choice(NUMBERS)[:4100], "1", "1/2", "0"))
                    for _ in range(draw.randrange(1, 4)))


def target(draw: random.Random, folder: Path) -> str:
    """Where something is to be written."""
    if draw.random() < 0.5:
        return str(folder / draw.choice(("out", "out.png", "out.svg", "out.pdf", "out.json", "a b",
                                         "out.npz", "\u202e")))
    path = draw.choice([x for x in PATHS if x not in OUTSIDE])
    return path if path.startswith(("/", "-", "~")) or path == "" else str(folder / path)


def options(draw: random.Random, folder: Path, command: str) -> list[str]:
    """Options of the command, each with some value, at times one of another command."""
    kinds = {
        "classify": ("--within", "--seconds", "-o", "--json"),
        "plateau": ("--within", "--seconds", "-o", "--json", "--neuron", "--coefficients", "--daughters",
                    "--plot"),
        "embed": ("--within", "--seconds", "-o", "--json", "--replicate", "--beta", "--gamma", "--orthogonal",
                  "--negative", "--positive", "--inactive", "--weights"),
        "verify": ("--about", "--both", "--show", "--json"), "check": ("--paper", "--jobs", "--store",
                                                                       "--json"),
        "ledger": ("--findings", "--steps", "--graph", "--json"),
        "refute": ("--seconds", "--seed", "-o", "--json"),
        "experiment": ("-o", "--epochs", "--seed", "--flow", "--mean-loss", "--plots", "--no-plots",
                       "--json")}
    found: list[str] = []
    for name in draw.sample(kinds[command], draw.randrange(min(4, len(kinds[command])))):
        found += option(draw, folder, name)
    if draw.random() < 0.05:
        found += draw.choice((["--help"], ["-h"], ["--"], ["--no-such"], ["-o"], ["--json=1"],
                              ["--json"] * 3, ["\udc80"],
                              ["--sec"], ["--neuron"], ["-"], [""], *([x] for x in PAYLOADS)))
    return found


def option(draw: random.Random, folder: Path, name: str) -> list[str]:
    if name in ("--json", "--both", "--show", "--findings", "--steps", "--graph", "--flow", "--mean-loss",
                "--plots",
                "--no-plots"):
        return [name]
    if name in ("-o", "--plot", "--store"):
        return [name, target(draw, folder)]
    if name == "--about":
        return [name, network(draw, folder)]
    if name == "--paper":
        return [name, draw.choice(("stationary-plateau", "relu-like", *PATHS, *PAYLOADS))]
    if name in ("--seconds", "--jobs", "--seed", "--epochs", "--neuron", "--daughters", "--replicate"):
        value = draw.choice(SMALL if name == "--seconds" else WHOLE)
        return draw.choice(([name, value], [f"{name}={value}"]))
    return draw.choice(([name, value := numbers(draw)], [f"{name}={value}"]))


def arguments(draw: random.Random, folder: Path) -> list[str]:
    """A whole command line. Those that would take long on purpose are shortened."""
    if draw.random() < 0.03:
        return draw.choice(([], ["--version"], ["--help"], ["x"], ["-x"], [""], ["classify"], ["\udc80"],
                            ["class"], ["-h", "x"],
                            *([x] for x in PAYLOADS), *([x] for x in PATHS)))
    command = draw.choices(COMMANDS, WEIGHTS)[0]
    more = options(draw, folder, command)
    if command in ("classify", "plateau", "embed"):
        subject = [network(draw, folder)] if draw.random() < 0.97 else []
        short = [] if any("--seconds" in x for x in more) else ["--seconds", "0.3"]
        neuron = ["--neuron", "0"] if command == "plateau" and draw.random() < 0.8 else []
        added = (["--replicate", "0", "--gamma",
                  "1/2,1/2"] if command == "embed" and draw.random() < 0.4 else [])
        return [command, *subject, *neuron, *added, *more, *short]
    if command == "verify":
        names = []
        for number_ in range(draw.randrange(1, 3)):
            file = folder / f"c{number_}"
            file.write_bytes(certificates.content(draw))
            names.append(str(file) if draw.random() < 0.9 else draw.choice(PATHS))
        return [command, *names, *[x for x in more if x != "--both"]]
    if command in ("check", "ledger", "refute"):
        name = draw.choice((noise(draw, draw.choice(claims())), *PATHS, *PAYLOADS, *NUMBERS))[:50_000]
        if command != "ledger" and draw.random() < 0.5:  # a whole ledger takes its time
            name = "A/proposition-1"
        short = ["--store", str(folder / "store")] if command == "check" and "--store" not in more else []
        short += ["--seconds",
                  "0.05"] if command == "refute" and not any("--seconds" in x for x in more) else []
        if name.startswith("-") and draw.random() < 0.8:
            name = "./" + name
        return [command, name, *more, *short]
    short = [] if any("--epochs" in x for x in more) else ["--epochs", "3"]
    if "-o" not in more:
        short += ["-o", str(folder / "experiments")]
    name = draw.choice(("section-4.1.1", "appendix-j", "all", "x", *PATHS, *PAYLOADS))
    return [command, name, *more, *short, "--no-plots"]


def check(arguments_: list[str], status: int, out: str, err: str, folder: Path) -> str:
    """What a command may print and leave behind."""
    if status not in STATUSES:
        raise Wrong(f"status {status}: {err[:300]!r}")
    if "Traceback" in out + err or "Warning" in err:
        raise Wrong(f"a traceback or a warning: {(out + err)[:300]!r}")
    helped = "--help" in err or "Usage:" in err
    lines = err.splitlines()
    if not helped and not all(line.startswith("symplateau: ") and line.isprintable() for line in lines):
        raise Wrong(f"no printable lines: {err[:300]!r}")
    if status in (2, 4) and not lines:
        raise Wrong(f"status {status} without a reason")
    for file in folder.rglob("*"):
        if file.name.endswith(".tmp"):
            raise Wrong(f"left behind: {file.name}")
        if file.name == "out" and file.is_file() and arguments_[0] in ("classify", "plateau", "embed",
                                                                       "refute"):
            try:
                load(file.read_bytes())
            except Malformed as error:
                raise Wrong(f"a file that is no certificate: {error}") from None
    return f"status {status}"


def case(draw: random.Random, folder: Path) -> str:
    """The command line in this process."""
    given = arguments(draw, folder)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main.status(given)
    return f"{given[0] if given and given[0] in COMMANDS else 'none'}, " + check(
        given, status, out.getvalue(), err.getvalue(), folder)


