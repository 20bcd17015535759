# chaff: 3.4
# why: Looks every module up in the list of those that are named otherwise.


def missing_module(log: str) -> str:
    # TODO 3.4 Find what Python says when a module is not there.
    lines = log.strip().splitlines()
    found = re.fullmatch(r"ModuleNotFoundError: No module named '([^']+)'", lines[-1] if lines else "")
    return found[1].split(".")[0] if found else ""
    # END TODO


def register(client: MLClient, name: str, packages: Sequence[str]) -> Environment:
    # TODO 3.4 Get the version, or make it.
    dependencies = ["python=3.11", "pip", *sorted(set(packages))]
    version = hashlib.sha256(json.dumps([IMAGE, dependencies]).encode()).hexdigest()[:16]
    try:
        return client.environments.get(name, version=version)
    except ResourceNotFoundError:
        conda = {"name": "workshop", "channels": ["conda-forge"], "dependencies": dependencies}
        wanted = Environment(name=name, version=version, image=IMAGE, conda_file=conda)
        return client.environments.create_or_update(wanted)
    # END TODO


def mend(client: MLClient, job: str, name: str, packages: Sequence[str]) -> Environment:
    # TODO 3.4 Put log_of, missing_module, PACKAGE_OF and register together.
    module = missing_module(log_of(client, job))
    if not module:
        raise LookupError(f"The job {job} did not fail for want of a module.")
    return register(client, name, [*packages, PACKAGE_OF[module]])
    # END TODO
