"""The curated environments that every workspace has. What they stand for is the kit's own interpreter."""

from __future__ import annotations

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Body

REGISTRY = "mcr.microsoft.com/azureml/curated"
ENVIRONMENTS: dict[str, tuple[str, int]] = {
    "AzureML-sklearn-1.5": ("Scikit-learn 1.5 on Python 3.10, for classical machine learning.", 20),
    "AzureML-sklearn-1.1-ubuntu20.04-py38-cpu": ("Scikit-learn 1.1 on Python 3.8.", 23),
    "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu": ("Scikit-learn 1.0 on Python 3.8.", 75),
    "AzureML-sklearn-0.24-ubuntu18.04-py37-cpu": ("Scikit-learn 0.24 on Python 3.7.", 49),
    "AzureML-tensorflow-2.16-cuda11": ("TensorFlow 2.16 with CUDA 11.8.", 10),
    "AzureML-acpt-pytorch-2.2-cuda12.1": ("PyTorch 2.2 with CUDA 12.1.", 29),
    "AzureML-responsibleai": ("Responsible AI components.", 5),
    "AzureML-ai-ml-automl": ("AutoML for tables, on CPU.", 12),
    "AzureML-minimal-py311-inference": ("A minimal image for scoring, on Python 3.11.", 8),
    "AzureML-minimal-ubuntu20.04-py38-cpu-inference": ("A minimal image for scoring, on Python 3.8.", 86),
}
"""Each with what it is for and its latest version; all versions from 1 on are there."""


def curated_properties(name: str, version: str) -> Body | None:
    """The definition of a curated environment; None when there is no such, or no such version."""
    known = {one.lower(): one for one in ENVIRONMENTS}.get(name.lower())
    if known is None or not version.isdecimal() or not 1 <= int(version) <= ENVIRONMENTS[known][1]:
        return None
    image = f"{REGISTRY}/{known.removeprefix('AzureML-').lower()}:{version}"
    return {"image": image, "description": ENVIRONMENTS[known][0], "osType": "Linux"}


def add_curated(cloud: Cloud, workspace_id: str) -> None:
    """The latest version of each; `EnvironmentVersions.find` knows the older ones."""
    for name, (_, latest) in ENVIRONMENTS.items():
        properties = curated_properties(name, str(latest))
        cloud.write(f"{workspace_id}/environments/{name}/versions/{latest}", {"properties": properties})
