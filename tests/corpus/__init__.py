"""The corpus: points with a type known by hand, in families with a reason each."""

from . import closed_forms, flat, minima, relu_like, saddles, splits, stationarity
from .cases import Family

FAMILIES = tuple(
    Family(f"{module.__name__.rsplit('.', 1)[1]}/{generator.__name__}", generator)
    for module in (minima, saddles, flat, splits, stationarity, relu_like, closed_forms)
    for generator in module.FAMILIES
)
