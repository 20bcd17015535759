"""State of one emulated Azure: resources, documents, timers and the clock, in one SQLite database."""
