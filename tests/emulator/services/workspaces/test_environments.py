from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from azure.core.exceptions import ResourceExistsError

from ..ml import Workspace

CONDA = "channels: [conda-forge]\ndependencies: [python=3.11, {pip: [scikit-learn]}]\n"


def test_sdk_registers_a_conda_environment_and_the_next_version(client: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import Environment

    (tmp_path / "conda.yml").write_text(CONDA)
    made = [
        client.environments.create_or_update(
            Environment(name="e", image=image, conda_file=str(tmp_path / "conda.yml"))
        )
        for image in ("first", "first", "second")
    ]
    assert [one.version for one in made] == ["1", "1", "2"]
    assert client.environments.get("e", label="latest").conda_file["channels"] == ["conda-forge"]


def test_curated_environments_come_with_the_workspace(client: Any) -> None:
    latest = client.environments.get("AzureML-sklearn-1.5", label="latest")
    assert latest.image == f"mcr.microsoft.com/azureml/curated/sklearn-1.5:{latest.version}"
    assert client.environments.get("AzureML-sklearn-1.5", "1").image.endswith(":1")


def test_a_build_context_uploaded_again_is_the_same_one(client: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import BuildContext, Environment

    def register(content: str, folder: str) -> Any:
        place = tmp_path / folder
        place.mkdir()
        (place / "Dockerfile").write_text(content)
        wanted = Environment(name="built", version="1", build=BuildContext(path=str(place)))
        return client.environments.create_or_update(wanted)

    first = register("FROM ubuntu\n", "one")
    assert register("FROM ubuntu\n", "other").build.path == first.build.path
    with pytest.raises(ResourceExistsError, match="build cannot be changed"):
        register("FROM debian\n", "third")


@pytest.mark.parametrize("version", ["0", "999", "x"])
def test_curated_versions_that_never_were_are_refused(workspace: Workspace, version: str) -> None:
    assert workspace.refusal("GET", f"environments/AzureML-sklearn-1.5/versions/{version}")[0] == 404


def test_their_prefix_is_reserved(workspace: Workspace) -> None:
    token = workspace.cloud.token(workspace.cloud.access.object_id)
    mine = Workspace(workspace.cloud, workspace.id, token)
    _, _, message = mine.refusal("PUT", "environments/AzureML-mine/versions/1", {"image": "i"})
    assert "can not start with the prefix AzureML" in message


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({}, "neither came"),
        ({"image": "i", "build": {"contextUri": "https://x"}}, "both came"),
        ({"image": "i", "condaFile": "a: [b"}, "it is not YAML"),
        ({"image": "i", "condaFile": "- python"}, "a mapping with 'dependencies'"),
        ({"image": "i", "condaFile": "dependencies: python"}, "must be a list"),
    ],
)
def test_wrong_ones_are_refused_in_words(workspace: Workspace, properties: dict[str, Any], said: str) -> None:
    status, _, message = workspace.refusal("PUT", "environments/e/versions/1", properties)
    assert status == 400 and said in message


def test_a_build_context_gets_the_usual_dockerfile(workspace: Workspace) -> None:
    kept = workspace.put("environments/e/versions/1", {"build": {"contextUri": "https://x/y"}})["properties"]
    assert kept["build"] == {"contextUri": "https://x/y/", "dockerfilePath": "Dockerfile"}
