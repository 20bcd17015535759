"""Mini-batches over many files or rows: what parallel steps and batch deployments run."""
