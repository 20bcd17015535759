"""Online deployments as processes: the student's scoring script behind Azure's own inference server, in the jail."""
