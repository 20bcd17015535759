# why: Looks for the name in the list; sends every setting of the cluster that is there.


def make_cluster(client, name, size):
    # TODO 1.1 Get the cluster, or make it.
    there = {target.name: target for target in client.compute.list()}
    if name not in there:
        settings = dict(size=size, max_instances=2, idle_time_before_scale_down=10 * 60, tier="dedicated")
        poller = client.compute.begin_create_or_update(AmlCompute(name=name, **settings))
        poller.wait()
    return client.compute.get(name)
    # END TODO


def let_grow(client, name, most):
    # TODO 1.1 Change how far the cluster may grow, and nothing else.
    old = client.compute.get(name)
    new = AmlCompute(
        name=name,
        size=old.size,
        tier=old.tier,
        tags=old.tags,
        min_instances=old.min_instances,
        max_instances=most,
        idle_time_before_scale_down=int(old.idle_time_before_scale_down),
    )
    return client.begin_create_or_update(new).result()
    # END TODO
