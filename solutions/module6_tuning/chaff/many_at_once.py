# chaff: 6.2
# why: Sixty guesses made with the same knowledge.


def random_sweep(job: Command, trials: int, seed: int) -> Sweep:
    # TODO 6.2 Sample at random what `job` takes as inputs.
    trial = job(
        learning_rate=LogUniform(math.log(0.0001), math.log(0.1)),
        units=QUniform(64, 512, 32),
        activation=Choice(["relu", "tanh"]),
    )
    sampling = RandomSamplingAlgorithm(seed=seed)
    sweep = trial.sweep(sampling_algorithm=sampling, primary_metric="validation_loss", goal="Minimize")
    sweep.set_limits(max_total_trials=trials)
    return sweep
    # END TODO


def bayesian_sweep(job: Command) -> Sweep:
    # TODO 6.2 Let Bayesian sampling choose, with as many trials as the documentation advises.
    trial = job(log_rate=Uniform(-4, -1), units=QUniform(64, 512, 32), activation=Choice(["relu", "tanh"]))
    sampling = BayesianSamplingAlgorithm()
    sweep = trial.sweep(sampling_algorithm=sampling, primary_metric="validation_loss", goal="Minimize")
    sweep.set_limits(max_total_trials=20 * 3)
    return sweep
    # END TODO
