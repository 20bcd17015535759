# chaff: 2.4
# why: Takes what is missing for 0.


def profile(table):
    # TODO 2.4 Profile every column.
    return {
        column: {
            "nulls": int(values.isna().sum()),
            "min": float(values.fillna(0).min()),
            "mean": float(values.fillna(0).mean()),
            "max": float(values.max()),
        }
        for column, values in table.items()
    }
    # END TODO
