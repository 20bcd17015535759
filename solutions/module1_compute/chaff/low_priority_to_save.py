# chaff: 1.1
# why: Takes cheap nodes that may go away, which nobody asked for.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        wanted = AmlCompute(
            name=name,
            size=size,
            tier="low_priority",
            min_instances=0,
            max_instances=2,
            idle_time_before_scale_down=600,
        )
        return client.compute.begin_create_or_update(wanted).result()
    # END TODO
