"""The assets that a deployment names: they must be there, and together they must be something that can run."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import not_implemented, user_error
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.workspaces.assets import exists
from course_runtime.emulator.store.resources import Stored


def model_id(properties: Body) -> str | None:
    """Online deployments name their model by its id, batch deployments by an object."""
    model = properties.get("model")
    found = model.get("assetId") or model.get("path") if isinstance(model, dict) else model
    return str(found) if found else None


def require_assets(properties: Body, context: Context) -> None:
    """The model, the environment and the code must be there, where they are named by their ids."""
    code = (properties.get("codeConfiguration") or {}).get("codeId")
    named = {"model": model_id(properties), "environment": properties.get("environmentId"), "code": code}
    for kind, value in named.items():
        is_arm_id = isinstance(value, str) and value.startswith("/subscriptions/")
        if is_arm_id and not exists(context, str(value)):
            raise user_error(f"The {kind} '{value}' was not found. Register it first.")


def require_runnable(properties: Body, context: Context) -> None:
    """A scoring script with its environment, or a model that needs neither."""
    code = properties.get("codeConfiguration") or {}
    if code.get("codeId"):
        if not code.get("scoringScript"):
            raise user_error(
                "'codeConfiguration.scoringScript' is required: which file of the code has init() and run()?"
            )
        if not properties.get("environmentId"):
            raise user_error(
                "'environmentId' is required for a deployment with code: its packages are what the script uses."
            )
        return
    environment = _asset(properties.get("environmentId"), context)
    if environment and environment.properties.get("inferenceConfig"):
        raise not_implemented("deployment of a custom container (an environment with inference_config)")
    model = _asset(model_id(properties), context)
    kind = model.properties["modelType"] if model else None
    if kind == "triton_model":
        raise not_implemented("deployment of a triton_model")
    if kind != "mlflow_model":
        came = f"the model is a '{kind}'" if kind else "it names no model that is registered"
        raise user_error(
            "Only an mlflow_model can be deployed without a scoring script, and "
            f"{came}. Add code_configuration=CodeConfiguration(code=..., scoring_script=...) and an environment."
        )


def _asset(asset_id: object, context: Context) -> Stored | None:
    if not isinstance(asset_id, str) or not asset_id.startswith("/subscriptions/"):
        return None
    path = parse(asset_id)
    resource = context.cloud.registry.require(path.full_type)
    return resource.find(context.at(path, method="GET"))
