# why: The tier as Azure spells it.


def make_cheap_cluster(client, name, size):
    # TODO 1.3 Make the cluster, of nodes that may be taken away.
    cluster = AmlCompute(name=name, size=size, max_instances=2, tier="LowPriority")
    return client.begin_create_or_update(cluster).result()
    # END TODO
