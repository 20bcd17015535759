"""The kinds of versioned assets, each with how the SDK makes one and where its content shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    make: Callable[..., Any]
    content: Callable[[Any], str]
    numbers_itself: bool
    """A version left out becomes the next number."""


def _data(**about: Any) -> Any:
    from azure.ai.ml.entities import Data

    content = about.pop("content")
    return Data(type="uri_folder", path=f"azureml://datastores/workspaceblobstore/paths/{content}/", **about)


def _model(**about: Any) -> Any:
    from azure.ai.ml.entities import Model

    content = about.pop("content")
    return Model(
        type="custom_model", path=f"azureml://datastores/workspaceblobstore/paths/{content}", **about
    )


def _environment(**about: Any) -> Any:
    from azure.ai.ml.entities import Environment

    return Environment(image=f"example.org/{about.pop('content')}:1", **about)


def _component(**about: Any) -> Any:
    from azure.ai.ml.entities import CommandComponent

    curated = "azureml:AzureML-sklearn-1.5@latest"
    return CommandComponent(command=f"echo {about.pop('content')}", environment=curated, **about)


KINDS = {
    "data": Kind(_data, lambda one: one.path.rstrip("/").rsplit("/", 1)[1], True),
    "models": Kind(_model, lambda one: one.path.rsplit("/", 1)[1], True),
    "environments": Kind(_environment, lambda one: one.image.rpartition("/")[2].partition(":")[0], False),
    "components": Kind(_component, lambda one: one.command.partition(" ")[2], False),
}
