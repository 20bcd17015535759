# chaff: 8.6
# why: A cluster that keeps one node ready.


def clean_up(client: MLClient) -> None:
    # TODO 8.6 Delete the online endpoints, stop the instances, let the clusters shrink to nothing.
    waiting = [client.online_endpoints.begin_delete(one.name) for one in client.online_endpoints.list()]
    for compute in client.compute.list():
        if compute.type == "amlcompute" and compute.min_instances > 0:
            compute.min_instances = 1
            waiting.append(client.compute.begin_update(compute))
        elif compute.type == "computeinstance" and compute.state == "Running":
            waiting.append(client.compute.begin_stop(compute.name))
    for one in waiting:
        one.result()
    # END TODO
