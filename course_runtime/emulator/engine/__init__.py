"""Runs what is submitted: jobs of every kind, each as a task on the emulator's loop, their processes in the jail."""
