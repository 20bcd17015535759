# chaff: 1.5
# why: Gives back None when nothing fits.


def choose_size(client, nodes, cores, memory_gb):
    # TODO 1.5 Choose from the sizes of the workspace's region: sizes_of() and quotas_of() tell.
    left = {quota.family: quota.limit - quota.in_use for quota in quotas_of(client)}
    fitting = [
        size
        for size in sizes_of(client)
        if not size.gpus
        and size.cores >= cores
        and size.memory_gb >= memory_gb
        and nodes * size.cores <= min(left.get(size.family, 0), left[TOTAL])
    ]
    if not fitting:
        return None
    return min(fitting, key=lambda size: (size.cores, size.memory_gb, size.name)).name
    # END TODO
