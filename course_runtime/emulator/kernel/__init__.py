"""What every Azure service shares: errors, ARM paths, resources, role checks, operations."""
