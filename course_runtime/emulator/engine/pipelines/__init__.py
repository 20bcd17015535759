"""Pipelines: steps that wait for each other's outputs, and steps whose earlier result still holds."""
