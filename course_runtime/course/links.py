"""The hosts that a documentation link may name: primary sources that will still be there next year."""

from __future__ import annotations

from urllib.parse import urlsplit

HOSTS = (
    "learn.microsoft.com",
    "azuresdkdocs.z19.web.core.windows.net",
    "azuresdkdocs.blob.core.windows.net",
    "azure.github.io",
    "microsoft.github.io",
    "azuremlschemas.azureedge.net",
    "mlflow.org",
    "docs.python.org",
    "packaging.python.org",
    "peps.python.org",
    "pypi.org",
    "keras.io",
    "tensorflow.org",
    "scikit-learn.org",
    "pandas.pydata.org",
    "numpy.org",
    "scipy.org",
    "matplotlib.org",
    "docs.h5py.org",
    "pillow.readthedocs.io",
    "arrow.apache.org",
    "spark.apache.org",
    "github.com",
    "json.org",
    "json-schema.org",
    "jupyter.org",
    "jupyter-notebook.readthedocs.io",
    "nbformat.readthedocs.io",
    "jupytext.readthedocs.io",
    "docs.pytest.org",
    "requests.readthedocs.io",
    "swagger.io",
    "openapis.org",
    "rfc-editor.org",
    "datatracker.ietf.org",
    "git-scm.com",
    "docs.conda.io",
    "docs.docker.com",
    "yaml.org",
    "sqlite.org",
    "fairlearn.org",
    "interpret.ml",
    "shap.readthedocs.io",
    "onnx.ai",
    "horovod.readthedocs.io",
    "pytorch.org",
    "wikipedia.org",
)


def link_fault(url: str) -> str:
    """What is wrong with the link, in words; empty when nothing is."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError as error:
        return f"is not a URL: {error}"
    if parts.scheme != "https":
        return "does not begin with https://"
    if not host or any(character.isspace() for character in url):
        return "is not a whole URL"
    if not any(host == known or host.endswith(f".{known}") for known in HOSTS):
        return f"is on {host}, which is not among the hosts the course links to"
    return ""
