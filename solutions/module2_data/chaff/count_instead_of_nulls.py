# chaff: 2.4
# why: Counts the values that are there.


def profile(table):
    # TODO 2.4 Profile every column.
    return {
        column: {
            "nulls": int(values.count()),
            "min": float(values.min()),
            "mean": float(values.mean()),
            "max": float(values.max()),
        }
        for column, values in table.items()
    }
    # END TODO
