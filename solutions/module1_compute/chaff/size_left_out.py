# chaff: 1.1
# why: Leaves out the size: then it is the SDK's.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        wanted = AmlCompute(name=name, min_instances=0, max_instances=2, idle_time_before_scale_down=600)
        return client.compute.begin_create_or_update(wanted).result()
    # END TODO
