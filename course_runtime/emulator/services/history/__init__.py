"""Run history, metrics, artifacts and MLflow: one run store behind all of them."""
