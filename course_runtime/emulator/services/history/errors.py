"""Refusals of the run store, in the words of run history."""

from __future__ import annotations

from course_runtime.emulator.kernel.errors import AzureError, user_error


def run_not_found(run_id: str) -> AzureError:
    return AzureError(404, "UserError", f"RunId {run_id} was not found")


def run_exists(run_id: str) -> AzureError:
    return AzureError(409, "UserError", f"A run with the id '{run_id}' already exists in this workspace.")


def experiment_not_found(name: str) -> AzureError:
    return AzureError(404, "UserError", f"Experiment {name} was not found in this workspace.")


def experiment_exists(name: str) -> AzureError:
    return AzureError(
        409, "UserError", f"An experiment with the name '{name}' already exists in this workspace."
    )


def experiment_archived(name: str) -> AzureError:
    return user_error(
        f"The experiment '{name}' is archived: no run can begin in it. Restore the experiment, or name another one."
    )


def param_changed(name: str, old: str, new: str, run_id: str) -> AzureError:
    return AzureError(
        400,
        "ValidationError",
        f"Parameter '{name}' of run '{run_id}' was logged before with the value '{old}' and cannot be changed: "
        f"'{new}' came. Log it under another name, or in a new (nested) run.",
    )


def bad_value(message: str) -> AzureError:
    return AzureError(400, "ValidationError", message)
