"""The second checker: CERTIFICATE.md re-implemented with FLINT, sharing no code with the kernel.

Exact arithmetic is that of fmpq, enclosures are Arb's balls. `check` reads the bytes of a certificate and
returns the statement that it proves, or raises Malformed or Rejected.
"""

from .certificate import check
from .rejection import Malformed, Rejected

__all__ = ["Malformed", "Rejected", "check"]
