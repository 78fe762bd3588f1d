"""A statement of the kernel in one line. In full and trusted words the kernel prints it itself."""

from typing import Any


def summary(statement: dict[str, Any]) -> str:
    """The kind of a statement, and its verdict where it has one."""
    says = statement["says"]
    if statement["kind"] == "algebraic":
        return f"algebraic statement, {len(says['conclusions'])} conclusion(s)"
    if "values" in says:
        return f"values that violate {', '.join(says['fails'])}"
    if statement["kind"] == "witness":
        return "; ".join(summary(part) for part in says["all"])
    if statement["kind"] == "plateau":
        types = ", ".join(f"{region['signs']} {region['type'] or 'stationary'}" for region in says["regions"])
        return f"plateau of neuron {says['inner Hessian']['neuron']}: {types}"
    if statement["kind"] == "path":
        return f"path along which the loss {says['path']['sense']}"
    return f"{says['type']}" + (f", after {len(says['splits'])} split(s)" if says.get("splits") else "")
