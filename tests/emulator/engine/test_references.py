"""Every form in which a client names files, and their way to this machine and back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from course_runtime.emulator.cloud import Cloud as CloudModel
from course_runtime.emulator.engine import materialise, references
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.personal import add_workspace
from course_runtime.emulator.services.history.artifacts import Place

SHORT = "azureml://datastores/workspaceblobstore/paths/some/data"


@pytest.fixture
def workspace(model: CloudModel, tmp_path: Path) -> str:
    """With a folder of two files, a data asset, a model and a code asset on it."""
    model.add_group("rg")
    workspace = add_workspace(model, "rg", "ws", "eastus")
    source = tmp_path / "source"
    (source / "inner").mkdir(parents=True)
    (source / "a.txt").write_text("a")
    (source / "inner/b.txt").write_text("b")
    asyncio.run(materialise.upload(source, references.place(model, workspace, SHORT)))
    for path, properties in (
        ("data/set/versions/1", {"dataUri": "azureml://datastores/workspaceblobstore/paths/old"}),
        ("data/set/versions/2", {"dataUri": SHORT}),
        ("models/net/versions/1", {"modelUri": SHORT}),
        ("codes/c/versions/1", {"codeUri": blob_url(model, workspace)}),
    ):
        model.write(f"{workspace}/{path}", {"properties": properties})
    return workspace


def blob_url(model: CloudModel, workspace: str) -> str:
    return references.place(model, workspace, SHORT).url()


def names(place: Place) -> list[str]:
    return sorted(path for path, _ in place.files())


@pytest.mark.parametrize(
    "reference",
    [
        SHORT,
        SHORT + "/",
        "azureml:set:2",
        "set:2",
        "azureml:set@latest",
        "azureml:set",
        "azureml:net:1",
        "{workspace}/data/set/versions/2",
        "azureml:{workspace}/models/net/versions/1",
        "azureml:/{workspace}/codes/c/versions/1",
        "azureml://locations/eastus/workspaces/x/data/set/versions/2",
        "azureml://subscriptions/s/resourcegroups/rg/workspaces/ws/datastores/workspaceblobstore/paths/some/data",
        "{url}",
        "wasbs://{container}@{account}.blob.core.windows.net/some/data",
    ],
)
def test_all_of_them_lead_to_the_same_files(model: CloudModel, workspace: str, reference: str) -> None:
    url = blob_url(model, workspace)
    account, container = url.split("//")[1].split(".")[0], url.split("/")[3]
    filled = reference.format(workspace=workspace, url=url, account=account, container=container)
    assert names(references.place(model, workspace, filled)) == ["a.txt", "inner/b.txt"]


def test_a_file_is_told_from_a_folder(model: CloudModel, workspace: str) -> None:
    assert materialise.is_file(references.place(model, workspace, f"{SHORT}/a.txt"))
    assert not materialise.is_file(references.place(model, workspace, SHORT))


def test_a_jobs_artifacts(model: CloudModel, workspace: str) -> None:
    for reference in ("azureml://jobs/j/outputs/artifacts/paths/model", "runs:/j/model"):
        place = references.place(model, workspace, reference)
        assert (place.container, place.prefix) == ("azureml", "ExperimentRun/dcid.j/model")


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("azureml:nothing:1", "no data asset or model of that name"),
        ("azureml:set:9", "version '9'"),
        ("azureml:set@best", "no label 'best'"),
        ("azureml://datastores/none/paths/x", "'none'"),
        ("https://elsewhere.example.com/x", "neither a datastore path nor a blob"),
        ("azureml://registries/none/models/m/versions/1", "no registry 'none'"),
    ],
)
def test_what_leads_nowhere_says_why(model: CloudModel, workspace: str, reference: str, said: str) -> None:
    with pytest.raises(AzureError, match=said):
        references.place(model, workspace, reference)


def test_files_come_and_go_whole(model: CloudModel, workspace: str, tmp_path: Path) -> None:
    target = tmp_path / "target"
    asyncio.run(materialise.download(references.place(model, workspace, "azureml:set:2"), target))
    assert (target / "inner/b.txt").read_text() == "b"
    with pytest.raises(AzureError, match="There is nothing at"):
        asyncio.run(materialise.download(references.place(model, workspace, SHORT + "x"), tmp_path / "none"))


def test_a_link_takes_no_file_of_this_machine_along(
    model: CloudModel, workspace: str, tmp_path: Path
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    (folder / "outputs.txt").symlink_to("/etc/passwd")
    (folder / "more").symlink_to("/etc")
    (folder / "honest.txt").write_text("mine")
    place = references.place(model, workspace, "azureml://datastores/workspaceblobstore/paths/up")
    assert asyncio.run(materialise.upload(folder, place)) == ["honest.txt"]


def test_a_blobs_name_leads_out_of_no_folder(model: CloudModel, workspace: str, tmp_path: Path) -> None:
    place = references.place(model, workspace, SHORT)
    blob = place.at("a.txt").blob()
    assert blob
    blob.name = "some/data/../../../escape"
    model.blobs.put(blob)
    with pytest.raises(AzureError, match="leads out of its folder"):
        asyncio.run(materialise.download(place, tmp_path / "target"))
