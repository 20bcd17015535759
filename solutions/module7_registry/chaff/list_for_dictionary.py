# chaff: 7.4
# why: Returns sorted pairs.


def importances(
    model: Any, table: pd.DataFrame, label: str, repeats: int = 10, seed: int = 0
) -> dict[str, float]:
    # TODO 7.4 Shuffle one feature at a time.
    features = table.drop(columns=label)
    truth = table[label].to_numpy()
    random = np.random.default_rng(seed)
    whole = float(np.mean(model.predict(features) == truth))
    falls = {}
    for column in features.columns:
        shuffled = features.copy()
        scores = []
        for _ in range(repeats):
            shuffled[column] = random.permutation(features[column].to_numpy())
            scores.append(float(np.mean(model.predict(shuffled) == truth)))
        falls[column] = whole - float(np.mean(scores))
    return sorted(falls.items(), key=lambda item: item[1], reverse=True)
    # END TODO
