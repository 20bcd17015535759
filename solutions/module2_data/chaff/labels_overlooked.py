# chaff: 2.4
# why: Looks for holes in the measures only.


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
    return table.dropna(subset=[*SCALED, "Age"])
    # END TODO
