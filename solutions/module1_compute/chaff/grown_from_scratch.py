# chaff: 1.1
# why: Sends a new cluster with the same name and size: the rest goes back to what the SDK takes for granted.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        wanted = AmlCompute(
            name=name, size=size, min_instances=0, max_instances=2, idle_time_before_scale_down=600
        )
        return client.compute.begin_create_or_update(wanted).result()
    # END TODO


def let_grow(client, name, most):
    # TODO 1.1 Change how far the cluster may grow, and nothing else.
    size = client.compute.get(name).size
    return client.compute.begin_create_or_update(
        AmlCompute(name=name, size=size, max_instances=most)
    ).result()
    # END TODO
