"""Paper B: stationary points of ReLU-like networks, decided exactly. Rational numbers throughout."""
