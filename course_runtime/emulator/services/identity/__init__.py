"""The managed identity endpoints of Azure's machines, at 169.254.169.254."""
