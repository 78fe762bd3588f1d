"""The former place of `classification` and `plateaus`."""

from .classification import classify as classify
from .investigation import investigate as investigate
from .plateaus import DEFINITENESS as DEFINITENESS
from .plateaus import find_inner_hessian as find_inner_hessian
from .plateaus import find_minimum as find_minimum
from .plateaus import plateau as plateau
