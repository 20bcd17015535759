"""Microsoft Entra: tokens, principals, and the metadata that sign-in libraries read."""
