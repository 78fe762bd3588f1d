"""Long searches, by hand: python -m tests.campaigns refute | mutants."""
