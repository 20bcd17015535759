"""Models: logged, registered, loaded, and seen by azure-ai-ml as well."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

X = np.array([[0.0], [1.0], [2.0], [3.0]])
Y = np.array([0, 0, 1, 1])


def log(mlflow: Any, name: str = "model", **more: Any) -> Any:
    return mlflow.sklearn.log_model(
        LogisticRegression().fit(X, Y),
        name=name,
        signature=mlflow.models.infer_signature(X, Y),
        pip_requirements=["scikit-learn"],
        **more,
    )


def test_a_logged_model_is_loaded_in_every_way(either_mlflow: Any) -> None:
    mlflow = either_mlflow
    with mlflow.start_run() as run:
        logged = log(mlflow, params={"depth": 3})
    for uri in (logged.model_uri, f"runs:/{run.info.run_id}/model"):
        assert list(mlflow.sklearn.load_model(uri).predict(X)) == list(Y)
    assert mlflow.get_run(run.info.run_id).outputs.model_outputs[0].model_id == logged.model_id
    found = mlflow.search_logged_models(filter_string="name = 'model'", output_format="list")
    assert [(one.model_id, str(one.status), one.params) for one in found] == [
        (logged.model_id, "READY", {"depth": "3"})
    ]


def test_two_models_of_one_name_in_a_run(mlflow: Any) -> None:
    with mlflow.start_run():
        first, second = log(mlflow, step=1), log(mlflow, step=2)
    for one in (first, second):
        assert list(mlflow.sklearn.load_model(one.model_uri).predict(X)) == list(Y)
    assert first.model_id != second.model_id


def test_what_is_measured_of_a_model_stays_with_it(mlflow: Any) -> None:
    with mlflow.start_run():
        logged = log(mlflow)
        mlflow.log_metric("auc", 0.9, model_id=logged.model_id)
        mlflow.log_metric("auc", 0.95, model_id=logged.model_id)
        mlflow.set_logged_model_tags(logged.model_id, {"team": "a"})
    kept = mlflow.get_logged_model(logged.model_id)
    assert [(one.key, one.value) for one in kept.metrics] == [("auc", 0.95)] and kept.tags["team"] == "a"
    assert len(mlflow.search_logged_models(filter_string="metrics.auc > 0.93", output_format="list")) == 1
    assert mlflow.search_logged_models(filter_string="metrics.auc > 0.99", output_format="list") == []


def test_a_registered_model_is_one_for_both_clients(client: Any, either_mlflow: Any) -> None:
    mlflow = either_mlflow
    with mlflow.start_run() as run:
        log(mlflow)
    made = mlflow.register_model(f"runs:/{run.info.run_id}/model", "wheat", tags={"stage": "first"})
    assert (made.name, made.version, made.run_id, made.current_stage) == (
        "wheat",
        "1",
        run.info.run_id,
        "None",
    )
    seen = client.models.get("wheat", "1")
    assert (seen.type, seen.job_name, seen.tags) == ("mlflow_model", run.info.run_id, {"stage": "first"})
    assert seen.flavors["python_function"]["loader_module"] == "mlflow.sklearn"
    assert "tensor" in seen.properties["model_json"] and "sklearn" in seen.flavors
    assert list(mlflow.pyfunc.load_model("models:/wheat/1").predict(X)) == list(Y)
    assert mlflow.pyfunc.load_model("models:/wheat/latest").metadata.signature is not None


def test_a_model_of_azure_ai_ml_is_loaded_by_mlflow(client: Any, either_mlflow: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import Model

    mlflow = either_mlflow
    mlflow.sklearn.save_model(
        LogisticRegression().fit(X, Y), str(tmp_path / "saved"), pip_requirements=["scikit-learn"]
    )
    client.models.create_or_update(Model(name="local", path=str(tmp_path / "saved"), type="mlflow_model"))
    assert client.models.get("local", "1").flavors["sklearn"]
    assert list(mlflow.sklearn.load_model("models:/local/1").predict(X)) == list(Y)
    assert [one.name for one in mlflow.search_registered_models()] == ["local"]


def test_azure_ai_ml_registers_what_a_run_made(client: Any, mlflow: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import Model

    with mlflow.start_run() as run:
        log(mlflow)
    path = f"azureml://jobs/{run.info.run_id}/outputs/artifacts/paths/model/"
    made = client.models.create_or_update(Model(name="wheat", path=path, type="mlflow_model"))
    assert (made.job_name, made.version) == (run.info.run_id, "1") and "sklearn" in made.flavors
    client.models.download("wheat", "1", download_path=str(tmp_path))
    assert list(tmp_path.rglob("MLmodel"))
    assert list(mlflow.sklearn.load_model("models:/wheat/1").predict(X)) == list(Y)
    (found,) = mlflow.MlflowClient().search_model_versions(f"run_id = '{run.info.run_id}'")
    assert (found.name, found.version) == ("wheat", "1")


def test_stages_aliases_and_tags(mlflow: Any, client: Any) -> None:
    with mlflow.start_run():
        uri = log(mlflow, registered_model_name="wheat").model_uri
    mlflow.register_model(uri, "wheat")
    registry = mlflow.MlflowClient()
    registry.transition_model_version_stage("wheat", "1", "production")
    registry.transition_model_version_stage("wheat", "2", "Production", archive_existing_versions=True)
    stages = {one.version: one.current_stage for one in registry.search_model_versions("name='wheat'")}
    assert stages == {"1": "Archived", "2": "Production"}
    assert client.models.get("wheat", "2").stage == "Production"
    assert [one.version for one in registry.get_latest_versions("wheat", ["Production"])] == ["2"]
    registry.set_registered_model_alias("wheat", "best", "1")
    assert registry.get_model_version_by_alias("wheat", "best").version == "1"
    assert list(mlflow.sklearn.load_model("models:/wheat@best").predict(X)) == list(Y)
    registry.delete_registered_model_alias("wheat", "best")
    with pytest.raises(mlflow.MlflowException, match="alias best not found"):
        registry.get_model_version_by_alias("wheat", "best")
    registry.set_model_version_tag("wheat", "1", "good", "yes")
    registry.update_model_version("wheat", "1", "the first")
    assert [one.description for one in registry.search_model_versions("tags.good = 'yes'")] == ["the first"]
    with pytest.raises(mlflow.MlflowException, match="Invalid Model Version stage: Nowhere"):
        registry.transition_model_version_stage("wheat", "1", "Nowhere")


def test_models_are_made_searched_and_deleted(mlflow: Any) -> None:
    registry = mlflow.MlflowClient()
    for name in ("wheat", "corn"):
        registry.create_registered_model(name, tags={"kind": name}, description=f"about {name}")
    with pytest.raises(mlflow.MlflowException, match=r"Registered Model \(name=wheat\) already exists"):
        registry.create_registered_model("wheat")
    assert [one.name for one in registry.search_registered_models("name LIKE 'wh%'")] == ["wheat"]
    assert [one.name for one in registry.search_registered_models("tags.kind = 'corn'")] == ["corn"]
    registry.set_registered_model_tag("corn", "a", "b")
    assert registry.get_registered_model("corn").tags == {"kind": "corn", "a": "b"}
    registry.update_registered_model("corn", "changed")
    assert registry.get_registered_model("corn").description == "changed"
    registry.delete_registered_model("corn")
    with pytest.raises(mlflow.MlflowException, match="Registered Model with name=corn was not found"):
        registry.get_registered_model("corn")


def test_the_files_of_a_model_must_be_in_the_cloud(mlflow: Any) -> None:
    registry = mlflow.MlflowClient()
    registry.create_registered_model("wheat")
    with pytest.raises(mlflow.MlflowException, match="must be in the cloud"):
        registry.create_model_version("wheat", "/home/me/model")
    with pytest.raises(mlflow.MlflowException, match="Registered Model with name=corn was not found"):
        registry.create_model_version("corn", "runs:/x/model")


def test_a_saved_folder_is_uploaded_and_registered(mlflow: Any, tmp_path: Path) -> None:
    mlflow.sklearn.save_model(
        LogisticRegression().fit(X, Y), str(tmp_path / "saved"), pip_requirements=["scikit-learn"]
    )
    mlflow.register_model(f"file://{tmp_path}/saved", "local")
    assert list(mlflow.sklearn.load_model("models:/local/1").predict(X)) == list(Y)


def test_scikit_learn_logs_by_itself(mlflow: Any) -> None:
    mlflow.sklearn.autolog(log_input_examples=False, extra_tags={"by": "autolog"})
    try:
        with mlflow.start_run() as run:
            LogisticRegression(C=0.5).fit(X, Y)
    finally:
        mlflow.sklearn.autolog(disable=True)
    kept = mlflow.get_run(run.info.run_id)
    assert kept.data.params["C"] == "0.5" and kept.data.metrics["training_accuracy_score"] == 1.0
    assert kept.inputs.dataset_inputs and kept.outputs.model_outputs
    assert "training_confusion_matrix.png" in [
        one.path for one in mlflow.artifacts.list_artifacts(run_id=run.info.run_id)
    ]
    assert list(mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/model").predict(X)) == list(Y)
