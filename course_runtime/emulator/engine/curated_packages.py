"""What the images of Azure ML hold, as far as a script may notice: the lists behind curated environments."""

from __future__ import annotations

EVERY_CURATED = ("mlflow", "azureml-mlflow", "azure-identity")
DATA = (
    "numpy",
    "pandas",
    "scipy",
    "scikit-learn",
    "joblib",
    "matplotlib",
    "pyarrow",
    "tqdm",
    "psutil",
    "ipykernel",
)
SERVING = ("azureml-inference-server-http", "inference-schema")
CURATED: dict[str, tuple[str, ...]] = {
    "sklearn": (*DATA, *SERVING, "azureml-core", "azure-ai-ml"),
    "tensorflow": (*DATA, *SERVING, "azureml-core", "tensorflow", "keras", "h5py", "pillow"),
    "acpt-pytorch": (*DATA, "torch"),
    "responsibleai": (*DATA, "responsibleai"),
    "ai-ml-automl": (*DATA, *SERVING, "azureml-core", "azure-ai-ml"),
    "minimal": SERVING,
}
"""By the first words of the image's name."""
BARE = ("python", "mcr.microsoft.com/azureml/openmpi", "mcr.microsoft.com/azureml/base", "ubuntu", "debian")
"""Images with an interpreter and nothing besides."""

STANDS_FOR: dict[str, tuple[str, ...]] = {
    "mlflow": (
        *("mlflow-skinny", "numpy", "pandas", "scipy", "scikit-learn", "matplotlib", "pyarrow", "sqlalchemy"),
        *("flask", "alembic", "docker", "skops", "graphene"),
    ),
    "azureml-defaults": ("azureml-core", "azureml-inference-server-http"),
    "azureml-sdk": ("azureml-core",),
    "tensorflow": ("tensorflow-cpu",),
    "tensorflow-gpu": ("tensorflow-cpu",),
    "tensorflow-intel": ("tensorflow-cpu",),
    "keras-gpu": ("keras",),
    "sklearn": ("scikit-learn",),
    "pytorch": ("torch",),
    "opencv": ("opencv-python",),
    "python-blosc": ("blosc",),
}
"""A name that is asked for, and the distributions that stand for it in the kit."""
WITHOUT_PYTHON = (
    *(
        "python",
        "pip",
        "cudatoolkit",
        "cudnn",
        "openmpi",
        "mpi",
        "git",
        "nodejs",
        "openssl",
        "ca-certificates",
    ),
    *(
        "gcc",
        "gxx",
        "make",
        "cmake",
        "libgcc",
        "libgomp",
        "libstdcxx-ng",
        "zlib",
        "blas",
        "mkl",
        "openblas",
        "nomkl",
    ),
    *("conda", "curl", "wget", "ffmpeg", "graphviz", "cuda-toolkit"),
)
"""Conda packages that bring no module to import."""


def packages_of_image(image: str) -> tuple[str, ...] | None:
    """The packages in an image; None for one whose content the kit does not know."""
    name = image.lower().removeprefix("docker.io/").removeprefix("library/")
    if "azureml/curated/" in name:
        return packages_of_curated(name.partition("azureml/curated/")[2])
    if "azureml/minimal" in name:
        return (*CURATED["minimal"], *EVERY_CURATED)
    return () if name.startswith(BARE) else None


def packages_of_curated(name: str) -> tuple[str, ...] | None:
    plain = name.lower().removeprefix("azureml-")
    found = next((list_ for start, list_ in CURATED.items() if plain.startswith(start)), None)
    return None if found is None else (*found, *EVERY_CURATED)
