"""Hostile inputs for every reader of the program, from a seed, and what a reader may do with them."""
