# why: The same rules, arrived at otherwise.


def random_sweep(job: Command, trials: int, seed: int) -> Sweep:
    # TODO 6.2 Sample at random what `job` takes as inputs.
    trial = job(
        learning_rate=LogUniform(math.log(0.0001), math.log(0.1)),
        units=Choice(list(range(64, 513, 32))),
        activation=Choice(["relu", "tanh"]),
    )
    sampling = RandomSamplingAlgorithm(seed=seed)
    sweep = trial.sweep(sampling_algorithm=sampling, primary_metric="validation_loss", goal="Minimize")
    sweep.set_limits(max_total_trials=trials)
    return sweep
    # END TODO


def bayesian_sweep(job: Command) -> Sweep:
    # TODO 6.2 Let Bayesian sampling choose, with as many trials as the documentation advises.
    trial = job(activation=Choice(["tanh", "relu"]), log_rate=Uniform(-4, -1), units=QUniform(64, 512, 32))
    sweep = trial.sweep(sampling_algorithm="bayesian", primary_metric="validation_loss", goal="minimize")
    sweep.set_limits(max_total_trials=60, max_concurrent_trials=1)
    return sweep
    # END TODO


def fits(sampling: str, kinds: Collection[str], ends_early: bool) -> bool:
    # TODO 6.2 Say what each way of sampling can do.
    allowed = {"grid": ["choice"], "bayesian": ["choice", "uniform", "quniform"]}.get(sampling)
    if sampling == "bayesian" and ends_early:
        return False
    return allowed is None or all(kind in allowed for kind in kinds)
    # END TODO


def make_policy(name: str) -> Policy:
    # TODO 6.3 Make the policy of that name.
    policies = {
        "careful": MedianStoppingPolicy(delay_evaluation=5, evaluation_interval=1),
        "firm": BanditPolicy(slack_factor=0.1, evaluation_interval=2, delay_evaluation=4),
        "hard": TruncationSelectionPolicy(
            truncation_percentage=30, delay_evaluation=3, evaluation_interval=3
        ),
    }
    return policies[name]
    # END TODO


def is_due(policy: Policy, report: int) -> bool:
    # TODO 6.3 Apply delay_evaluation and evaluation_interval.
    if report < policy.delay_evaluation:
        return False
    return not policy.evaluation_interval or report % policy.evaluation_interval == 0
    # END TODO


def bandit_ends(policy: BanditPolicy, traces: Traces, maximize: bool) -> set[str]:
    # TODO 6.3 Compare each trial's best with the leader's, less the slack.
    sign = 1 if maximize else -1
    best = {name: sign * max(sign * value for value in trace) for name, trace in traces.items()}
    leader = sign * max(sign * value for value in best.values())
    limit = leader - sign * policy.slack_amount
    if policy.slack_factor:
        limit = leader / (1 + policy.slack_factor) ** sign
    return {name for name in best if sign * best[name] < sign * limit}
    # END TODO


def median_ends(traces: Traces, maximize: bool) -> set[str]:
    # TODO 6.3 Compare each trial's best with that median.
    sign = 1 if maximize else -1
    averages = sorted(sum(trace) / len(trace) for trace in traces.values())
    count = len(averages)
    middle = (averages[(count - 1) // 2] + averages[count // 2]) / 2
    return {name for name, trace in traces.items() if max(sign * value for value in trace) < sign * middle}
    # END TODO


def truncation_ends(policy: TruncationSelectionPolicy, traces: Traces, maximize: bool) -> set[str]:
    # TODO 6.3 Choose the trials to end: as many as the percentage gives, rounded down.
    count = int(len(traces) * policy.truncation_percentage / 100)
    ranked = [name for name, trace in sorted(traces.items(), key=lambda item: item[1][-1])]
    if not maximize:
        ranked.reverse()
    return set(ranked[:count])
    # END TODO
