# chaff: 1.3
# why: Keeps the line, but not how far it was.


def train(data, steps, checkpoints):
    # TODO 1.3 Train, and survive being killed between any two steps.
    checkpoints.mkdir(parents=True, exist_ok=True)
    kept = checkpoints / "state.json"
    done, line = 0, [0.0, 0.0]
    if kept.exists():
        state = json.loads(kept.read_text(encoding="utf-8"))
        line = state["line"]
    for number in range(done, steps):
        line = improve(line, read_batch(data, number))
        kept.write_text(json.dumps({"done": number + 1, "line": line}), encoding="utf-8")
    return line
    # END TODO
