# chaff: 6.3
# why: A tenth as an amount.


def make_policy(name: str) -> Policy:
    # TODO 6.3 Make the policy of that name.
    if name == "careful":
        return MedianStoppingPolicy(delay_evaluation=5, evaluation_interval=1)
    if name == "firm":
        return BanditPolicy(slack_amount=0.1, delay_evaluation=4, evaluation_interval=2)
    return TruncationSelectionPolicy(truncation_percentage=30, evaluation_interval=3)
    # END TODO
