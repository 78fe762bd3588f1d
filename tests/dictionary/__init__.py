"""The dictionary: every atom of every goal, taken from random exact networks by what its bridge says it is."""
