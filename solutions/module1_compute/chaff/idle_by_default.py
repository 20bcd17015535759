# chaff: 1.1
# why: Leaves out the idle time: then it is the SDK's 120 seconds.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    try:
        return client.compute.get(name)
    except ResourceNotFoundError:
        wanted = AmlCompute(name=name, size=size, min_instances=0, max_instances=2)
        return client.compute.begin_create_or_update(wanted).result()
    # END TODO
