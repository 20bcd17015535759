"""The scoring script of MLflow models that are deployed without one: it runs in the jail, under the model's packages.

Azure's own key is `input_data`; the forms of MLflow's server (`dataframe_split`, `inputs`, ...) are taken as well.
"""

import io
import json
import logging
import os
from pathlib import Path
from typing import Any

AZURE_KEY = "input_data"

logger = logging.getLogger("azmlinfsrv")


class Loaded:
    """The model that `init` has loaded; `run` is given nothing else to find it by."""

    model: Any = None


def init() -> None:
    import mlflow

    root = Path(os.environ["AZUREML_MODEL_DIR"])
    found = sorted(root.rglob("MLmodel"), key=lambda path: len(path.parts))
    if not found:
        there = ", ".join(sorted(str(path.relative_to(root)) for path in root.rglob("*"))) or "nothing"
        raise FileNotFoundError(f"There is no file 'MLmodel' in the model's folder {root}: it holds {there}.")
    Loaded.model = mlflow.pyfunc.load_model(str(found[0].parent))


def run(raw_data: str) -> Any:
    from azureml_inference_server_http.api.aml_response import AMLResponse  # type: ignore[import-untyped]
    from mlflow.exceptions import MlflowException

    try:
        data, parameters = read_request(raw_data)
        predictions = Loaded.model.predict(data, params=parameters)
    except (ValueError, MlflowException) as problem:
        logger.exception("The request could not be scored.")
        return AMLResponse({"message": str(problem)}, 400, json_str=True)
    return as_json(predictions)


def read_request(text: str) -> tuple[Any, Any]:
    """The model's input, with the types of its signature, and its parameters. ValueError says what was expected."""
    from mlflow.pyfunc.scoring_server import SUPPORTED_FORMATS, infer_and_parse_data

    body = json.loads(text)
    known = (AZURE_KEY, *sorted(SUPPORTED_FORMATS))
    given = [key for key in known if isinstance(body, dict) and key in body]
    if len(given) != 1:
        came = ", ".join(f"'{key}'" for key in body) if isinstance(body, dict) else type(body).__name__
        raise ValueError(
            f"Request must contain a top level key named '{AZURE_KEY}' (or one of MLflow's own forms: "
            f"{', '.join(known[1:])}); what came: {came}."
        )
    parameters = body.get("params")
    if given == [AZURE_KEY]:
        body, inner = in_mlflow_form(body[AZURE_KEY])
        parameters = parameters or inner
    parsed = {key: value for key, value in body.items() if key != "params"}
    return infer_and_parse_data(parsed, Loaded.model.metadata.get_input_schema()), parameters


def in_mlflow_form(value: Any) -> tuple[dict[str, Any], Any]:
    """`input_data` holds a DataFrame in split orientation, or an array, or arrays by name."""
    if isinstance(value, dict) and "data" in value:
        split = {key: value[key] for key in ("columns", "index", "data") if value.get(key) is not None}
        return {"dataframe_split": split}, value.get("params")
    return {"inputs": value}, None


def as_json(predictions: Any) -> Any:
    from mlflow.pyfunc.scoring_server import predictions_to_json

    written = io.StringIO()
    predictions_to_json(predictions, written)  # type: ignore[no-untyped-call]
    return json.loads(written.getvalue())["predictions"]
