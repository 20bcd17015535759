# chaff: 1.3
# why: Leaves out the tier: then nodes are dedicated.


def make_cheap_cluster(client, name, size):
    # TODO 1.3 Make the cluster, of nodes that may be taken away.
    wanted = AmlCompute(name=name, size=size, min_instances=0, max_instances=2)
    return client.compute.begin_create_or_update(wanted).result()
    # END TODO
