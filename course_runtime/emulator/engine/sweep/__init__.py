"""Hyperparameter sweeps: the space, how its points are chosen, and which trials end early."""
