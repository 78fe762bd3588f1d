"""No test has a limit of time: a busy machine is no failure."""

from hypothesis import settings

settings.register_profile("symplateau", deadline=None)
settings.load_profile("symplateau")
