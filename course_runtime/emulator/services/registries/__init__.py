"""Registries: assets shared between workspaces."""
