"""MLflow's REST API over the run store and the workspace's models."""
