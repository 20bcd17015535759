# chaff: 2.4
# why: Profiles the first rows only, where nothing is missing.


def profile(table):
    # TODO 2.4 Profile every column.
    return {
        column: {
            "nulls": int(values.isna().sum()),
            "min": float(values.min()),
            "mean": float(values.mean()),
            "max": float(values.max()),
        }
        for column, values in table.head(100).items()
    }
    # END TODO
