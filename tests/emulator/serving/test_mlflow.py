"""MLflow models deployed without a scoring script: the forms of a request, and what is said of others."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import SIZE, Serving

FRAME = {"columns": ["a", "b"], "index": [0, 1], "data": [[1.0, 2.0], [3.0, 5.0]]}
RECORDS = [{"a": 1.0, "b": 2.0}, {"a": 3.0, "b": 5.0}]


@pytest.fixture(scope="module")
def endpoint(serving: Serving) -> str:
    import mlflow.sklearn
    import pandas as pd
    from azure.ai.ml.constants import AssetTypes
    from azure.ai.ml.entities import ManagedOnlineDeployment, Model
    from sklearn.linear_model import LinearRegression

    table = pd.DataFrame({"a": [0.0, 1.0, 2.0, 3.0], "b": [1.0, 0.0, 5.0, 2.0]})
    fitted = LinearRegression().fit(table, table["a"] + 2 * table["b"])
    folder = serving.folder / "regression"
    signature = mlflow.models.infer_signature(table, fitted.predict(table))
    mlflow.sklearn.save_model(
        fitted, folder, signature=signature, pip_requirements=["mlflow", "scikit-learn", "pandas", "skops"]
    )
    model = serving.client.models.create_or_update(
        Model(name="regression", path=str(folder), type=AssetTypes.MLFLOW_MODEL)
    )
    name = serving.endpoint("without-script")
    deployment = ManagedOnlineDeployment(
        name="blue", endpoint_name=name, model=model, instance_type=SIZE, instance_count=1
    )
    serving.client.online_deployments.begin_create_or_update(deployment).result()
    serving.traffic(name, blue=100)
    return name


@pytest.mark.parametrize(
    "body",
    [
        {"input_data": FRAME},
        {"dataframe_split": FRAME},
        {"dataframe_records": RECORDS},
        {"inputs": {"a": [1.0, 3.0], "b": [2.0, 5.0]}},
        {"input_data": {"columns": ["b", "a"], "data": [[2.0, 1.0], [5.0, 3.0]]}},
    ],
)
def test_each_form_is_scored(serving: Serving, endpoint: str, body: Any) -> None:
    answer = serving.post(endpoint, body)
    assert answer.status_code == 200, serving.logs(endpoint, "blue")
    assert answer.json() == pytest.approx([5.0, 13.0])


@pytest.mark.parametrize(
    "body", [{"data": [[1, 2]]}, [1, 2], {"input_data": {"columns": ["a"], "data": [[1.0]]}}]
)
def test_other_forms_are_refused_with_what_was_expected(serving: Serving, endpoint: str, body: Any) -> None:
    answer = serving.post(endpoint, body)
    assert answer.status_code == 424 and answer.headers["ms-azureml-model-error-statuscode"] == "400"
    assert answer.json()["message"]
