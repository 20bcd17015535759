# chaff: 2.4
# why: Fills the holes with zeros instead of dropping the rows.


def profile(table):
    # TODO 2.4 Profile every column.
    return {
        column: {
            "nulls": int(values.isna().sum()),
            "min": float(values.min()),
            "mean": float(values.mean()),
            "max": float(values.max()),
        }
        for column, values in table.items()
    }
    # END TODO


def clean(table):
    # TODO 2.4 Drop the rows with holes.
    return table.fillna(0)
    # END TODO
