# chaff: 2.4
# why: dropna gives a new table, which is thrown away here.


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
    table.dropna()
    return table
    # END TODO
