"""The Azure Machine Learning workshop kit: exercises, an Azure on loopback, and a grader."""

__version__ = "0.1.0"
