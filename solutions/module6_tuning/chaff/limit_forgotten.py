# chaff: 6.2
# why: As many trials as the service allows.


def random_sweep(job: Command, trials: int, seed: int) -> Sweep:
    # TODO 6.2 Sample at random what `job` takes as inputs.
    trial = job(
        learning_rate=LogUniform(math.log(0.0001), math.log(0.1)),
        units=QUniform(64, 512, 32),
        activation=Choice(["relu", "tanh"]),
    )
    sampling = RandomSamplingAlgorithm(seed=seed)
    sweep = trial.sweep(sampling_algorithm=sampling, primary_metric="validation_loss", goal="Minimize")
    return sweep
    # END TODO
