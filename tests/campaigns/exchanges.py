"""Words about ReLU-like networks that a mutant puts for each other: groups, words with their negations."""

SUBJECTS = ("point", "replicated", "extended")
TYPES = ("stationary", "local minimum", "local maximum", "saddle", "type-1 minimum", "type-2 minimum")
MEMBERS = {
    **{subject: [TYPES] for subject in SUBJECTS},
    "replication": [
        ("no gamma negative", "a gamma negative", "all gamma positive", "a gamma not positive",
         "no gamma zero", "a gamma zero")],
    "unit": [
        ("all w.x negative", "all w.x zero", "input weights zero", "output weights zero",
         "a positive multiple of an old neuron", "tangential derivatives not negative", "no escape neuron",
         "derivatives in output weights zero")],
    "slopes": [("alpha- zero", "ReLU", "not zero")],
    "labels": [("linearly independent", "at an acute angle")],
    "neuron": [("no kinks", "d zero", "flat", "output weights not all zero")],
    "move": [
        ("in the ball of Theorem 4.2", "keeps the escape neurons", "one output weight",
         "one neuron tangentially", "in the plane of an escape neuron"),
        ("slope zero", "slope not negative", "loss does not fall", "loss not lower at its end")],
}
GROUPS = tuple(tuple(f"{subject}: {name}" for name in names)
               for subject, groups in MEMBERS.items() for names in groups)
NEGATIONS = {f"{subject}: {name}": f"{subject}: {negation}" for subject in SUBJECTS for name, negation in (
    ("stationary", "not stationary"), ("local minimum", "not a local minimum"),
    ("local maximum", "not a local maximum"), ("type-1 minimum", "not a type-1 minimum"),
    ("has an escape neuron", "no escape neurons"))}
NEGATIONS |= {
    "neuron: flat": "neuron: not flat",
    "neuron: an escape neuron": "neuron: no escape neuron",
    "move: loss falls": "move: loss does not fall",
}


def exchangeable(word: str) -> tuple[str, ...]:
    """The group of a word; nothing for one that has none."""
    return next((group for group in GROUPS if word in group), ())
