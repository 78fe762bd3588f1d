"""The adversary: exact counterexamples to claims and to their mutants, searched for. Nothing is trusted."""
