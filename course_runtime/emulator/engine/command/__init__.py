"""Command jobs: a command line, on nodes of a compute, with inputs, outputs, code and an environment."""
