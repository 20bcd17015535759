# chaff: 7.5
# why: Counts those who are 50 to the older ones.


def fairness(table: pd.DataFrame) -> dict[str, Any]:
    # TODO 7.5 Compare the two groups.
    older = table["Age"] >= 50
    told: dict[str, Any] = {"older": _group(table[older]), "younger": _group(table[~older])}
    for gap, rate in (("selection_gap", "selection_rate"), ("recall_gap", "recall")):
        one, other = told["older"][rate], told["younger"][rate]
        told[gap] = None if one is None or other is None else abs(one - other)
    return told
    # END TODO
