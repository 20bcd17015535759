"""Which modules a zygote imports before it forks. What is not installed is reported, never fatal.

`azure_modules.txt` lists what the SDK imports only at its first call. To write it anew after an upgrade:

    python -m course_runtime.sandbox.record_azure_imports
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path

from .rehearsals import attempt, rehearse

AZURE_MODULES = Path(__file__).with_name("azure_modules.txt")


@dataclass(frozen=True)
class ImportSet:
    """`modules` are reported when missing; `lazy` is a list of others, which a newer library may lack."""

    modules: tuple[str, ...]
    lazy: Path | None = None


AZURE = (
    "azure.ai.ml",
    "azure.ai.ml.entities",
    "azure.identity",
    "azure.mgmt.resource",
    "azure.mgmt.authorization",
    "requests",
    # The SDK asks these for the tracking address of every workspace that it shows.
    "azureml.mlflow",
    "mlflow",
)
AZURE_DATA = ("azure.keyvault.secrets", "azure.storage.blob", "azure.storage.filedatalake")
DATA = (
    "numpy",
    "pandas",
    "pyarrow",
    "pyarrow.pandas_compat",
    "sklearn.ensemble",
    "sklearn.linear_model",
    "sklearn.metrics",
    "sklearn.model_selection",
    "sklearn.pipeline",
    "sklearn.preprocessing",
    "sklearn.tree",
)
# What a script of a job may log with: MLflow, and what it brings in at its first call against Azure ML.
TRACKING = (
    "azureml.mlflow",
    "azureml.mlflow._store.tracking.store",
    "azureml.mlflow._store.artifact.artifact_repo",
    "mlflow",
    "mlflow.models.signature",
    "mlflow.pyfunc",
    "mlflow.tracking.fluent",
    "mlflow.tracking.request_header.registry",
    "azureml.mlflow._restclient.token",
    "azureml.mlflow._tracking.request_header.azureml_request_header_provider",
    "azure.identity",
    "azure.storage.blob",
    "matplotlib",
    "matplotlib.figure",
)
LEARNING = (
    "joblib",
    "matplotlib.pyplot",
    "mlflow.sklearn",
    "mlflow.sklearn.utils",
    "skops.io",
    "scipy.stats",
    "sklearn.cluster",
    "sklearn.compose",
    "sklearn.covariance",
    "sklearn.cross_decomposition",
    "sklearn.datasets",
    "sklearn.decomposition",
    "sklearn.feature_extraction",
    "sklearn.gaussian_process",
    "sklearn.impute",
    "sklearn.manifold",
    "sklearn.multioutput",
    "sklearn.naive_bayes",
    "sklearn.neighbors",
    "sklearn.neural_network",
    "sklearn.svm",
)
# The server of online deployments, without the modules that read the environment as they are imported.
INFERENCE_SERVER = (
    "azureml_inference_server_http.amlserver_linux",
    "azureml_inference_server_http.log_config",
    "azure.monitor.opentelemetry.exporter",
    "flask",
    "flask_cors",
    "gunicorn.app.wsgiapp",
    "gunicorn.glogging",
    "gunicorn.workers.sync",
    "inference_schema.schema_util",
    "pydantic_settings",
)
NETWORKS = ("tensorflow", "keras", "h5py", "PIL.Image", "PIL.PngImagePlugin", "mlflow.tensorflow")
# What any worker needs after it has lost sight of the rest of the machine, or pays for at its first question.
STANDARD = (
    "encodings.idna",
    "encodings.utf_8_sig",
    "encodings.latin_1",
    "runpy",
    "linecache",
    "multiprocessing",
)

IMPORT_SETS = {
    "plain": ImportSet(STANDARD),
    "data": ImportSet((*STANDARD, *DATA)),
    "azure": ImportSet((*STANDARD, *AZURE), AZURE_MODULES),
    "azure-data": ImportSet((*STANDARD, *AZURE, *AZURE_DATA, *DATA), AZURE_MODULES),
    "azure-learning": ImportSet(
        (*STANDARD, *AZURE, *AZURE_DATA, *DATA, *LEARNING, *TRACKING),
        AZURE_MODULES,
    ),
    "job": ImportSet((*STANDARD, *DATA, *LEARNING, *TRACKING)),
    "serving": ImportSet(
        (*STANDARD, *DATA, *LEARNING, *TRACKING, "mlflow.pyfunc.scoring_server", *INFERENCE_SERVER)
    ),
    "tensorflow": ImportSet((*STANDARD, *DATA, *AZURE, *NETWORKS, *TRACKING), AZURE_MODULES),
}


def make_imports(name: str) -> list[str]:
    """Import the set and rehearse it; gives what could not be, each with the reason."""
    wanted = IMPORT_SETS[name]
    missing = [problem for module in wanted.modules if (problem := _import(module)) is not None]
    for module in _lines(wanted.lazy):
        _import(module)
    return [*missing, *rehearse(module for module in wanted.modules if module in sys.modules)]


def imported() -> set[str]:
    return set(sys.modules)


def has_tables(name: str) -> bool:
    """Whether code of this set works on arrays and tables."""
    return "pandas" in IMPORT_SETS[name].modules


def _import(name: str) -> str | None:
    return attempt(name, lambda: importlib.import_module(name))


def _lines(path: Path | None) -> list[str]:
    if path is None or not path.exists():
        return []
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
