"""Microsoft.MachineLearningServices: the workspace and what lives in it, one file a resource."""
