# chaff: 6.2
# why: A grid may end trials early.


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
    sweep.set_limits(max_total_trials=20 * 3, max_concurrent_trials=2)
    return sweep
    # END TODO


def fits(sampling: str, kinds: Collection[str], ends_early: bool) -> bool:
    # TODO 6.2 Say what each way of sampling can do.
    if sampling == "grid":
        return set(kinds) <= {"choice"} and not ends_early
    if sampling == "bayesian":
        return set(kinds) <= {"choice", "uniform", "quniform"} and not ends_early
    return True
    # END TODO
