"""check(certificate) -> statement: the rule tables, and the loops that apply them; words: it in words."""

from functools import partial
from typing import Any

from . import fact, relu
from .algebra import check_algebra
from .format import MAX_PREC, STATEMENT_FORMAT, CheckError, Rejected, digest, integer, numbered, require
from .network import MAX_ORDER, Fact, Problem

# Work is counted in about nanoseconds: a step as STEP_WORK and bits of precision times (samples +
# parameters) parameters^2, exact arithmetic as EXACT bits, a curve as order^3 such; sigma in network.py.
MAX_WORK, STEP_WORK, EXACT = 2**38, 2**30, 2**10

# A step names its rule by the words of the function, and gives its keyword arguments: all of them, no others.
RULES: dict[str, Any] = {rule.__name__.replace("_", " "): rule for rule in (
    fact.stationary_point, fact.nondegenerate_point, fact.nonzero_gradient,
    fact.zero_residual, fact.inertia, fact.effective_neuron, fact.split, fact.split_minimum,
    fact.plateau_map, fact.split_path, fact.curve)} | {
    f"local {name}": partial(fact.local_extremum, sense) for name, sense in (("minimum", 1), ("maximum", -1))}


def check(certificate: dict[str, Any]) -> dict[str, Any]:
    """Check a certificate that `load` has read, and return its statement. Raises CheckError."""
    place: list[Any] = [-1, "problem"]
    try:
        problem, steps = certificate["problem"], certificate["steps"]
        require(steps != [] and problem["kind"] in CHECKS, "steps, and a problem of a known kind")
        return CHECKS[problem["kind"]](problem, steps, place) | {"format": STATEMENT_FORMAT}
    except Exception as error:  # whatever it is, nothing is proved
        found = error if isinstance(error, Rejected) else Rejected("a well-formed step", repr(error))
        raise CheckError(*place, *found.args) from None


def check_network(source: dict[str, Any], steps: list[Any], place: list[Any]) -> dict[str, Any]:
    """Apply the steps. What no later step uses is the conclusion; several are a witness: all of them hold."""
    problem, facts, used = Problem(source, MAX_WORK), list[Fact](), set[int]()
    for number, rule, given in numbered(steps, place):
        require(rule in RULES and None not in given.values(), "a known rule, no null", rule)
        prec = integer(given.get("prec", EXACT), 16, MAX_PREC)
        start = [integer(given.pop("from"), 0, number - 1)] if "from" in given else []
        found, used = facts[start[0]] if start else Fact(problem), used | {*start}
        bits = EXACT * integer(given["order"], 1, MAX_ORDER) ** 3 if "displacement" in given else prec
        problem.meter.spend(STEP_WORK + bits * (len(problem.y) + found.size()) * found.size() ** 2)
        facts.append(RULES[rule](found, **given))
    last = [{"kind": found.kind, "says": found.says()} for n, found in enumerate(facts) if n not in used]
    require(all(x not in last[:k] for k, x in enumerate(last)), "distinct conclusions")
    rests_on = {"rests_on": sorted(set().union(*(found.rests_on for found in facts))), "about": source}
    return rests_on | (last[0] if len(last) == 1 else {"kind": "witness", "says": {"all": last}})


def check_relu(source: dict[str, Any], steps: list[Any], place: list[Any]) -> dict[str, Any]:
    """Apply the steps, which are all about one point and add up."""
    point = relu.Point(source)
    for _, rule, given in numbered(steps, place):
        require(rule in relu.RULES and None not in given.values(), "a known rule, no null", rule)
        relu.RULES[rule](point, **given)
    return {"kind": "point", "about": source, "says": point.says(), "rests_on": sorted(point.rests_on)}


CHECKS = {"algebra": check_algebra, "network": check_network, "relu network": check_relu}


LOSS, PLAIN = {None: "1/2", "mean": "1/n", "half_mean": "1/(2n)"}, str.maketrans("[]", "()", "'{}")
SENTENCES = {"exact": "At theta_0,",
    "within": "At the only stationary theta with |theta - theta_0|_inf <= {0},",
    "splits": "neuron {neuron} replaced by daughters v_j = lambda_j v, w_j = w, lambda = {coefficients},",
    "type": "the point theta is: {0}.", "global minimum": "L is zero there, and nowhere smaller.",
    "gradient": "The maximum norm of its gradient lies between {0}.",
    "inertia": "Its Hessian has so many positive, zero and negative eigenvalues: {0}.",
    "margin": "No eigenvalue is nearer to zero than {0}.",
    "ball": "L is nowhere smaller within the Euclidean distance {0} of theta.",
    "inner Hessian": "The inner Hessian of neuron {neuron} has at least so many of each: {inertia}.",
    "regions": "That neuron split with lambda of the signs {signs}, in any order, gives: {type}.",
    "effective neuron": "Neuron {0} is locally effective: <e, sigma(X w)> is not 0 arbitrarily near its w.",
    "path": "The loss {sense} from theta to theta(t) for all 0 < t <= {until}, where the daughters are"
            " v_j = coefficients_j v, w_j = w + shifts_j direction, namely {0}.",
    "escape neurons": "Escape neurons, with directions in which they leave (none, if there are none): {0}.",
    "falls": "The loss falls like t**{order} from theta to theta(t) for all 0 < t <= {until}, namely {0}.",
    "rises": "The loss rises like t**{order} from theta to theta(t) for all 0 < t <= {until}, namely {0}."}


def words(statement: dict[str, Any]) -> str:
    """What a statement of `check` says, in words, as the theorem that it is: all of it.

    What has no sentence here raises ValueError.
    """
    says, about = statement["says"], statement.get("about")
    if about is None:
        names = ", ".join(f"{name} {shown(says[name])}" for name in ("scalars", "vectors", "indexed"))
        heads = ("There are", "with", "but not") if "fails" in says else ("For all", "if", "then")
        lines = [f"{heads[0]} {names} (over a finite family, not empty), in every ordered field: {heads[1]}"]
        lines += [f"  {text}   [{name!a}]" for name, text in says["hypotheses"].items()]
        lines += [heads[2], *("  " + text for text in says.get("conclusions", says.get("fails")))]
        lines += [f"namely {name} = {shown(value)}" for name, value in says.get("values", {}).items()]
    else:
        f = f"sum_i v_i sigma(w_i.x{' + b_i' * ('b' in about)})" if "v" in about else "H rho(W x)"
        form = "rho(s) = {} s for s >= 0, else {} s".format(*about.get("slopes", "  "))
        form = f"sigma(t) = {about['activation']}" if "v" in about else form
        sizes = f"{len(about['W'])} neurons, {len(about['X'])} samples of {len(about['X'][0])} inputs"
        lines = [f"Network f(x) = {f}{' + c' * ('c' in about)}, {form}, with {sizes},",
                 f"L = {LOSS[about.get('loss')]} sum_k (f(x_k) - y_k)^2, and its own parameters theta_0,",
                 f"hidden ones in units of {about.get('W_unit', 1)}. SHA-256 of all this: {digest(about)}."]
        for said in says["all"] if statement["kind"] == "witness" else [statement]:
            lines += sentences(said["says"])
    return "\n".join([*lines, f"This rests on {', '.join(statement['rests_on']) or 'no other claim'}."])


def sentences(says: dict[str, Any]) -> list[str]:
    """What is said of one point: a sentence for each field, or for each entry of one not shown whole."""
    known = {x: y for x, y in (says["location"] | says).items() if x != "location"}
    said = [(SENTENCES[x], y) for x in sorted(known, key=list(SENTENCES).index)
            for y in (known[x] if type(known[x]) is list and "{0}" not in SENTENCES[x] else [known[x]])]
    return [shown(s.format(x, **x if type(x) is dict else {})).replace("None", "stationary") for s, x in said]


def shown(x: Any) -> str: return str(x).translate(PLAIN)
