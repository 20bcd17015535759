"""What of azure-ai-ml the emulated Azure answers: read from the SDK's source, asked of the services themselves."""
