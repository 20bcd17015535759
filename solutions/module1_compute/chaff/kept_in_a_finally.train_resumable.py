# chaff: 1.3
# why: Counts on a last word, which a killed script does not have.


def train(data, steps, checkpoints):
    # TODO 1.3 Train, and survive being killed between any two steps.
    checkpoints.mkdir(parents=True, exist_ok=True)
    kept = checkpoints / "state.json"
    done, line = 0, [0.0, 0.0]
    if kept.exists():
        state = json.loads(kept.read_text(encoding="utf-8"))
        done, line = state["done"], state["line"]
    try:
        while done < steps:
            line = improve(line, read_batch(data, done))
            done += 1
    finally:
        kept.write_text(json.dumps({"done": done, "line": line}), encoding="utf-8")
    return line
    # END TODO
