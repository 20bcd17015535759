# chaff: 6.3
# why: The interval is counted from the delay.


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
    return report >= policy.delay_evaluation and (report - policy.delay_evaluation) % interval == 0
    # END TODO
