# chaff: 6.3
# why: The median of the bests, not of the averages.


def make_policy(name: str) -> Policy:
    # TODO 6.3 Make the policy of that name.
    if name == "careful":
        return MedianStoppingPolicy(delay_evaluation=5, evaluation_interval=1)
    if name == "firm":
        return BanditPolicy(slack_factor=0.1, delay_evaluation=4, evaluation_interval=2)
    return TruncationSelectionPolicy(truncation_percentage=30, evaluation_interval=3)
    # END TODO


def is_due(policy: Policy, report: int) -> bool:
    # TODO 6.3 Apply delay_evaluation and evaluation_interval.
    interval = policy.evaluation_interval or 1
    return report >= policy.delay_evaluation and report % interval == 0
    # END TODO


def bandit_ends(policy: BanditPolicy, traces: Traces, maximize: bool) -> set[str]:
    # TODO 6.3 Compare each trial's best with the leader's, less the slack.
    best = {name: (max if maximize else min)(trace) for name, trace in traces.items()}
    if maximize:
        leader = max(best.values())
        limit = leader - policy.slack_amount if policy.slack_amount else leader / (1 + policy.slack_factor)
        return {name for name, value in best.items() if value < limit}
    leader = min(best.values())
    limit = leader + policy.slack_amount if policy.slack_amount else leader * (1 + policy.slack_factor)
    return {name for name, value in best.items() if value > limit}
    # END TODO


def median_ends(traces: Traces, maximize: bool) -> set[str]:
    # TODO 6.3 Compare each trial's best with that median.
    middle = median(max(trace) for trace in traces.values())
    if maximize:
        return {name for name, trace in traces.items() if max(trace) < middle}
    return {name for name, trace in traces.items() if min(trace) > middle}
    # END TODO
