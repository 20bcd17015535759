"""The curated environments that every workspace has. What they stand for is the kit's own interpreter."""

from __future__ import annotations

from course_runtime.emulator.cloud import Cloud

REGISTRY = "mcr.microsoft.com/azureml/curated"
ENVIRONMENTS: dict[str, tuple[str, tuple[int, ...]]] = {
    "AzureML-sklearn-1.5": ("Scikit-learn 1.5 on Python 3.10, for classical machine learning.", (18, 19, 20)),
    "AzureML-sklearn-1.1-ubuntu20.04-py38-cpu": ("Scikit-learn 1.1 on Python 3.8.", (22, 23)),
    "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu": ("Scikit-learn 1.0 on Python 3.8.", (74, 75)),
    "AzureML-tensorflow-2.16-cuda11": ("TensorFlow 2.16 with CUDA 11.8.", (9, 10)),
    "AzureML-acpt-pytorch-2.2-cuda12.1": ("PyTorch 2.2 with CUDA 12.1.", (28, 29)),
    "AzureML-responsibleai": ("Responsible AI components.", (4, 5)),
    "AzureML-ai-ml-automl": ("AutoML for tables, on CPU.", (11, 12)),
    "AzureML-minimal-py311-inference": ("A minimal image for scoring, on Python 3.11.", (7, 8)),
    "AzureML-minimal-ubuntu20.04-py38-cpu-inference": (
        "A minimal image for scoring, on Python 3.8.",
        (85, 86),
    ),
}


def add_curated(cloud: Cloud, workspace_id: str) -> None:
    for name, (description, versions) in ENVIRONMENTS.items():
        image = f"{REGISTRY}/{name.removeprefix('AzureML-').lower()}"
        for version in versions:
            properties = {"image": f"{image}:{version}", "description": description, "osType": "Linux"}
            cloud.write(f"{workspace_id}/environments/{name}/versions/{version}", {"properties": properties})
