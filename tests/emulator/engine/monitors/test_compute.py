"""A monitor's signals, from its definition and two tables to what alerts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest

from course_runtime.emulator.engine.monitors import compute, definition
from course_runtime.emulator.kernel.errors import AzureError


def drift(**change: Any) -> dict[str, Any]:
    """As azure-ai-ml 1.35 sends it."""
    signal = {
        "signalType": "DataDrift",
        "productionData": {"jobInputType": "mltable", "uri": "azureml:target:1"},
        "referenceData": {
            "jobInputType": "mltable",
            "uri": "azureml:baseline:1",
            "columns": {"target_column": "Diabetic"},
        },
        "metricThresholds": [
            {"metric": "normalizedWassersteinDistance", "threshold": {"value": 0.1}, "dataType": "Numerical"},
            {"metric": "pearsonsChiSquaredTest", "threshold": {"value": 0.02}, "dataType": "Categorical"},
        ],
    }
    return {"signals": {"drift": signal | change}}


def people(shift: float = 0.0, share: float = 0.5) -> pandas.DataFrame:
    generator = numpy.random.default_rng(4)
    return pandas.DataFrame(
        {
            "Age": generator.normal(30 + shift, 10, 2000),
            "BMI": generator.normal(31, 9, 2000),
            "Smoker": numpy.where(numpy.arange(2000) < 2000 * share, "yes", "no"),
            "Diabetic": generator.integers(0, 2, 2000),
        }
    )


def run(
    folder: Path, monitor: dict[str, Any], reference: pandas.DataFrame, production: pandas.DataFrame
) -> int:
    reference.to_csv(folder / "reference.csv", index=False)
    production.to_csv(folder / "production.csv", index=False)
    paths = [str(folder), str(folder / "reference.csv"), str(folder / "production.csv")]
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("MLFLOW_TRACKING_URI", raising=False)
        patch.setenv(compute.VARIABLE, definition.to_json(definition.read(monitor)))
        return compute.main(paths)


def alerts(folder: Path) -> dict[str, bool]:
    return {one["feature"]: one["alert"] for one in json.loads((folder / compute.RESULT).read_text())}


def test_what_has_shifted_alerts_and_nothing_else(tmp_path: Path) -> None:
    assert run(tmp_path, drift(), people(), people(shift=3, share=0.8)) == 0
    assert alerts(tmp_path) == {"Age": True, "BMI": False, "Smoker": True}


def test_only_the_chosen_features_are_measured(tmp_path: Path) -> None:
    chosen = drift(features={"filterType": "FeatureSubset", "features": ["BMI"]})
    run(tmp_path, chosen, people(), people(shift=3))
    assert alerts(tmp_path) == {"BMI": False}


def test_a_number_may_be_meant_as_a_category(tmp_path: Path) -> None:
    monitor = drift(featureDataTypeOverride={"Grade": "Categorical"})
    before = pandas.DataFrame({"Grade": [1] * 50 + [2] * 50})
    run(tmp_path, monitor, before, pandas.DataFrame({"Grade": [1] * 90 + [2] * 10}))
    (found,) = json.loads((tmp_path / compute.RESULT).read_text())
    assert (found["metric"], found["alert"]) == ("PearsonsChiSquaredTest", True)


def test_data_quality_counts_what_is_missing_mistyped_or_outside(tmp_path: Path) -> None:
    thresholds = [
        {"metric": name, "threshold": {"value": 0.1}, "dataType": "Numerical"}
        for name in ("nullValueRate", "dataTypeErrorRate", "outOfBoundsRate")
    ]
    monitor = drift(signalType="DataQuality", metricThresholds=thresholds)
    before = pandas.DataFrame({"Age": [20.0, 60.0]})
    now = pandas.DataFrame({"Age": ["30", "", "old", "99"]})
    run(tmp_path, monitor, before, now)
    values = {one["metric"]: one["value"] for one in json.loads((tmp_path / compute.RESULT).read_text())}
    assert values == {
        "NullValueRate": 0.25,
        "DataTypeErrorRate": pytest.approx(1 / 3),
        "OutOfBoundsRate": pytest.approx(1 / 2),
    }


def test_a_column_that_production_lacks_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = drift(features={"features": ["Age"]})
    assert run(tmp_path, chosen, people(), people().drop(columns="Age")) == 1
    said = capsys.readouterr().err
    assert "needs the columns 'Age' on both sides" in said and "production has BMI, Smoker, Diabetic" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"signalType": "GenerationSafetyQuality"}, "has the type 'GenerationSafetyQuality'"),
        ({"productionData": {}}, "has no production_data"),
        ({"metricThresholds": []}, "has no metric_thresholds"),
        (
            {"metricThresholds": [{"metric": "pearsonsChiSquaredTest", "dataType": "Numerical"}]},
            "not one of DataDrift on Numerical columns",
        ),
    ],
)
def test_a_monitor_that_cannot_be_computed_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        definition.read(drift(**change))
    assert said in refused.value.message


def test_a_threshold_that_is_not_named_is_a_tenth() -> None:
    monitor = drift(metricThresholds=[{"metric": "jensenShannonDistance", "dataType": "numerical"}])
    assert definition.read(monitor)[0].thresholds[0].value == 0.1
