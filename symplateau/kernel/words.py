"""A statement in words, as the theorem that it is: all of it. What has no sentence here raises ValueError."""

from typing import Any

from .format import digest

LOSS, PLAIN = {None: "1/2", "mean": "1/n", "half_mean": "1/(2n)"}, str.maketrans("[]", "()", "'{}")
SENTENCES = {
    "exact": "At theta_0,", "within": "At the only stationary theta with |theta - theta_0|_inf <= {0},",
    "splits": "neuron {neuron} replaced by daughters v_j = lambda_j v, w_j = w, lambda = {coefficients},",
    "type": "the point theta is: {0}.", "global minimum": "L is zero there, and nowhere smaller.",
    "gradient": "The maximum norm of its gradient lies between {0}.",
    "inertia": "Its Hessian has so many positive, zero and negative eigenvalues: {0}.",
    "margin": "None of them is nearer to zero than {0}.",
    "ball": "L is nowhere smaller within the Euclidean distance {0} of theta.",
    "inner Hessian": "The inner Hessian of neuron {neuron} has at least so many of each: {inertia}.",
    "regions": "That neuron split with lambda of the signs {signs}, in any order, gives: {type}.",
    "effective neuron": "Neuron {0} is locally effective: <e, sigma(X w)> is not 0 arbitrarily near its w.",
    "path": "The loss {sense} from theta to theta(t) for all 0 < t <= {until}, theta(t) = theta + t direction"
            " or with daughters v_j = coefficients_j v, w_j = w + shifts_j direction, namely {0}.",
}


def words(statement: dict[str, Any]) -> str:
    """What a statement of `check` says."""
    says, about = statement["says"], statement.get("about")
    if about is None:
        names = ", ".join(f"{name} {shown(says[name])}" for name in ("scalars", "vectors", "indexed"))
        heads = ("There are", "with", "but not") if "fails" in says else ("For all", "if", "then")
        lines = [f"{heads[0]} {names} (over a finite family, not empty), in every ordered field: {heads[1]}"]
        lines += [f"  {text}   [{name!a}]" for name, text in says["hypotheses"].items()]
        lines += [heads[2], *("  " + text for text in says.get("conclusions", says.get("fails")))]
        lines += [f"namely {name} = {shown(value)}" for name, value in says.get("values", {}).items()]
    else:
        f = f"sum_i v_i sigma(w_i.x{' + b_i' * ('b' in about)}){' + c' * ('c' in about)}"
        sizes = f"{len(about['W'])} neurons, {len(about['X'])} samples of {len(about['X'][0])} inputs"
        lines = [f"Network f(x) = {f}, sigma(t) = {about['activation']}, with {sizes},",
                 f"L = {LOSS[about.get('loss')]} sum_k (f(x_k) - y_k)^2, and its own parameters theta_0,",
                 f"hidden ones in units of {about.get('W_unit', 1)}. SHA-256 of all this: {digest(about)}."]
        for said in says["all"] if statement["kind"] == "witness" else [statement]:
            lines += sentences(said["says"])
    return "\n".join([*lines, f"This rests on {', '.join(statement['rests_on']) or 'no other claim'}."])


def sentences(says: dict[str, Any]) -> list[str]:
    """What is said of one point, one sentence for each field."""
    known = {x: y for x, y in (says["location"] | says).items() if x != "location"}
    items = [(x, y) for x in sorted(known, key=list(SENTENCES).index)
             for y in (known[x] if x in ("splits", "regions") else [known[x]])]
    parts = [{key: shown(x) for key, x in y.items()} if type(y) is dict else {} for _, y in items]
    return [SENTENCES[x].format(shown(y), **part) for (x, y), part in zip(items, parts, strict=True)]


def shown(x: Any) -> str: return "stationary" if x is None else str(x).translate(PLAIN)
