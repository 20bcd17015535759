# chaff: 1.5
# why: Takes the smallest size that is large enough, quota or not.


def choose_size(client, nodes, cores, memory_gb):
    # TODO 1.5 Choose from the sizes of the workspace's region: sizes_of() and quotas_of() tell.
    left = {quota.family: quota.limit - quota.in_use for quota in quotas_of(client)}
    fitting = [
        size
        for size in sizes_of(client)
        if not size.gpus and size.cores >= cores and size.memory_gb >= memory_gb
    ]
    if not fitting:
        raise LookupError(f"No VM size of {cores} cores and {memory_gb} GB fits the quota {nodes} times.")
    return min(fitting, key=lambda size: (size.cores, size.memory_gb, size.name)).name
    # END TODO
