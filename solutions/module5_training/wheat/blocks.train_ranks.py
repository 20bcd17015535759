# why: Blocks of rows instead of every other one, the mean taken before the sum, and a rank that leaves early.


def place_in_job():
    # TODO 5.5 Read what MPI tells its processes in environment variables.
    if "OMPI_COMM_WORLD_SIZE" not in os.environ:
        return 0, 1
    return tuple(int(os.environ[f"OMPI_COMM_WORLD_{what}"]) for what in ("RANK", "SIZE"))
    # END TODO


def shard(rows, rank, size):
    # TODO 5.5 Give each row to exactly one rank.
    return np.array_split(np.arange(rows), size)[rank].tolist()
    # END TODO


def train(features, labels, rows, group):
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        # TODO 5.5 Take a step against the mean slope of all ranks' rows.
        mean = group.sum(slope(weights, features, labels) / rows)
        weights -= RATE * mean
        # END TODO
    return weights


def finish(weights, rank):
    # TODO 5.5 Let one rank, number 0, save the model and log the metric.
    if rank != 0:
        return
    os.makedirs("outputs", exist_ok=True)
    with open("outputs/weights.npy", "wb") as file:
        np.save(file, weights)
    mlflow.log_metrics({"steps": float(STEPS)})
    # END TODO
