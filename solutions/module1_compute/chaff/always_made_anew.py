# chaff: 1.1
# why: Sends the cluster each time, and shrinks what somebody let grow.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    wanted = AmlCompute(
        name=name, size=size, min_instances=0, max_instances=2, idle_time_before_scale_down=600
    )
    return client.compute.begin_create_or_update(wanted).result()
    # END TODO
