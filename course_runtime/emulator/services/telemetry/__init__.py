"""Where the SDKs' telemetry ends: accepted, counted in the log, kept nowhere."""
