"""What the emulator answers, held against everything that the SDK's operation groups can ask."""
