"""Key Vault's data plane: secrets."""
