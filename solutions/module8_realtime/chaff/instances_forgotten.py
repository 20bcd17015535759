# chaff: 8.6
# why: The instance runs through the night.


def clean_up(client: MLClient) -> None:
    # TODO 8.6 Delete the online endpoints, stop the instances, let the clusters shrink to nothing.
    waiting = [client.online_endpoints.begin_delete(one.name) for one in client.online_endpoints.list()]
    for compute in client.compute.list():
        if compute.type == "amlcompute" and compute.min_instances > 0:
            compute.min_instances = 0
            waiting.append(client.compute.begin_update(compute))
    for one in waiting:
        one.result()
    # END TODO
