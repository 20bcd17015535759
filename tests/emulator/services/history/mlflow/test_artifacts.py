"""Files of runs, by the real MLflow through both of its ways to storage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator.services.history import artifact_handlers


def test_files_of_all_kinds_come_back(either_mlflow: Any, tmp_path: Path) -> None:
    import numpy as np
    from matplotlib.figure import Figure

    mlflow = either_mlflow
    (tmp_path / "folder" / "in").mkdir(parents=True)
    (tmp_path / "folder" / "in" / "größe ✓.txt").write_text("deep")
    (tmp_path / "empty.bin").touch()
    with mlflow.start_run() as run:
        mlflow.log_dict({"a": [1, 2]}, "settings/values.json")
        mlflow.log_text("hello", "hello.txt")
        mlflow.log_figure(Figure(), "plots/figure.png")
        mlflow.log_image(np.zeros((4, 4, 3), dtype=np.uint8), "plots/image.png")
        mlflow.log_table({"x": [1, 2]}, "table.json")
        mlflow.log_artifacts(str(tmp_path / "folder"), "data")
        mlflow.log_artifact(str(tmp_path / "empty.bin"))
    base = f"runs:/{run.info.run_id}"
    assert mlflow.artifacts.load_dict(f"{base}/settings/values.json") == {"a": [1, 2]}
    assert mlflow.artifacts.load_text(f"{base}/data/in/größe ✓.txt") == "deep"
    assert list(mlflow.load_table("table.json", run_ids=[run.info.run_id])["x"]) == [1, 2]
    names = sorted(one.path for one in mlflow.artifacts.list_artifacts(run_id=run.info.run_id))
    assert names == ["data", "empty.bin", "hello.txt", "plots", "settings", "table.json"]
    (tmp_path / "down").mkdir()
    everything = Path(mlflow.MlflowClient().download_artifacts(run.info.run_id, "", str(tmp_path / "down")))
    assert (everything / "plots" / "image.png").read_bytes().startswith(b"\x89PNG")
    assert (everything / "empty.bin").read_bytes() == b""


def test_an_artifact_is_written_once(mlflow: Any) -> None:
    with mlflow.start_run():
        mlflow.log_text("one", "notes.txt")
        with pytest.raises(Exception, match=r"Resource Conflict: ArtifactId .*/notes\.txt already exists"):
            mlflow.log_text("two", "notes.txt")


def test_more_files_than_a_page_has(mlflow: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artifact_handlers, "LARGEST_PAGE", 3)
    for number in range(8):
        (tmp_path / f"{number:04}.txt").write_text(str(number))
    with mlflow.start_run() as run:
        mlflow.log_artifacts(str(tmp_path), "many")
    found = mlflow.artifacts.list_artifacts(run_id=run.info.run_id, artifact_path="many")
    assert len(found) == 8


def test_an_address_opens_its_own_file_only(mlflow: Any, signed_in: Any, workspace: Any) -> None:
    import requests

    with mlflow.start_run() as run:
        mlflow.log_text("mine", "mine.txt")
        mlflow.log_text("other", "other.txt")
    path = f"/history/v1.0{workspace.id}/experiments/Default/runs/{run.info.run_id}/artifacts/contentinfo"
    answer = signed_in.request("GET", f"{path}?path=mine.txt", host="eastus.api.azureml.ms")
    address = answer.body["contentUri"]
    assert requests.get(address, timeout=30).text == "mine"
    assert requests.get(address.replace("/mine.txt", "/other.txt"), timeout=30).status_code == 403
    assert requests.put(address, b"x", headers={"x-ms-blob-type": "BlockBlob"}, timeout=30).status_code == 403


def test_a_path_does_not_lead_out_of_the_run(mlflow: Any, signed_in: Any, workspace: Any) -> None:
    with mlflow.start_run() as run:
        mlflow.log_text("mine", "mine.txt")
    path = f"/history/v1.0{workspace.id}/experiments/Default/runs/{run.info.run_id}/artifacts"
    answer = signed_in.request(
        "GET", f"{path}/contentinfo?path=../dcid.other/x", host="eastus.api.azureml.ms"
    )
    assert answer.status == 400 and "may not contain '..'" in answer.body["error"]["message"]
    missing = signed_in.request("GET", f"{path}/contentinfo?path=nothing.txt", host="eastus.api.azureml.ms")
    assert missing.status == 404
