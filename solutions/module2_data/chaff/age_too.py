# chaff: 2.4
# why: Scales Age with the others.


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
    return table.dropna()
    # END TODO


def scale(train, test):
    # TODO 2.4 Scale the seven columns of SCALED; Age, PatientID and Diabetic stay as they are.
    columns = [*SCALED, "Age"]
    scaler = MinMaxScaler().fit(train[columns])
    scaled = []
    for table in (train, test):
        table = table.astype(dict.fromkeys(columns, float))
        table[columns] = scaler.transform(table[columns])
        scaled.append(table)
    return scaled[0], scaled[1]
    # END TODO
