# chaff: 1.3
# why: Keeps two cheap nodes running: they cost so little.


def make_cheap_cluster(client, name, size):
    # TODO 1.3 Make the cluster, of nodes that may be taken away.
    wanted = AmlCompute(name=name, size=size, min_instances=2, max_instances=2, tier="low_priority")
    return client.compute.begin_create_or_update(wanted).result()
    # END TODO
