"""The dictionary: all atoms of all goals, taken from random exact networks by what their bridges say."""
