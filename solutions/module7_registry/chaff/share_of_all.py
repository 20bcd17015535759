# chaff: 7.5
# why: Divides by all patients, not by those of the group.


def fairness(table: pd.DataFrame) -> dict[str, Any]:
    # TODO 7.5 Compare the two groups.
    older = table["Age"] > 50
    told: dict[str, Any] = {"older": _group(table[older]), "younger": _group(table[~older])}
    for gap, rate in (("selection_gap", "selection_rate"), ("recall_gap", "recall")):
        one, other = told["older"][rate], told["younger"][rate]
        told[gap] = None if one is None or other is None else abs(one - other)
    return told
    # END TODO


def _group(patients: pd.DataFrame) -> dict[str, Any]:
    # TODO 7.5 Count within the group.
    ill = patients[patients["Diabetic"] == 1]
    return {
        "patients": len(patients),
        "selection_rate": float((patients["Predicted"] == 1).sum() / 64) if len(patients) else None,
        "recall": float((ill["Predicted"] == 1).mean()) if len(ill) else None,
    }
    # END TODO
