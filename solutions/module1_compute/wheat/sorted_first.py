# why: Sorts all sizes, and stops at the first that fits.


def choose_size(client, nodes, cores, memory_gb):
    # TODO 1.5 Choose from the sizes of the workspace's region: sizes_of() and quotas_of() tell.
    free = {}
    for family, limit, in_use in quotas_of(client):
        free[family] = limit - in_use
    for size in sorted(sizes_of(client), key=lambda one: (one.cores, one.memory_gb, one.name)):
        wanted = size.cores * nodes
        large_enough = size.cores >= cores and size.memory_gb >= memory_gb and size.gpus == 0
        if large_enough and wanted <= free[size.family] and wanted <= free[TOTAL]:
            return size.name
    raise LookupError("Nothing fits.")
    # END TODO
