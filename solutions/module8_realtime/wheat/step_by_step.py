# why: Listed instead of asked for, in loops instead of comprehensions.


def add_deployment(
    client: MLClient, endpoint: str, name: str, model: str, code: Path, environment: str
) -> None:
    # TODO 8.3 Create the endpoint when it is not there, with keys, and then the deployment.
    names = [one.name for one in client.online_endpoints.list()]
    if endpoint not in names:
        client.begin_create_or_update(ManagedOnlineEndpoint(name=endpoint, auth_mode="key")).result()
    configuration = CodeConfiguration(code=code.as_posix(), scoring_script="score.py")
    client.begin_create_or_update(
        ManagedOnlineDeployment(
            name=name,
            endpoint_name=endpoint,
            model=model,
            environment=environment,
            code_configuration=configuration,
            instance_type="STANDARD_DS3_V2",
            instance_count=1,
        )
    ).wait()
    # END TODO


def set_traffic(client: MLClient, endpoint: str, shares: Mapping[str, int]) -> None:
    # TODO 8.3 Change the endpoint's traffic, and wait until that is done.
    now = client.online_endpoints.get(name=endpoint)
    now.traffic = {name: share for name, share in shares.items() if share > 0}
    client.begin_create_or_update(now).wait()
    # END TODO


def release(
    client: MLClient, endpoint: str, old: str, new: str, request: Path, expected: Sequence[str]
) -> bool:
    # TODO 8.3 Ask the new deployment by its name, and set the traffic by what it answers.
    found = None
    try:
        found = json.loads(
            client.online_endpoints.invoke(
                endpoint_name=endpoint, deployment_name=new, request_file=request.as_posix()
            )
        )
    except Exception as problem:
        print(problem)
    if found == {"predictions": expected}:
        set_traffic(client, endpoint, {new: 10, old: 90})
        return True
    set_traffic(client, endpoint, {old: 100})
    return False
    # END TODO


def ask(
    url: str,
    key: str,
    rows: Sequence[Sequence[float]],
    attempts: int = 4,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    # TODO 8.4 Post {"data": rows} with the key, with a timeout of ten seconds, and again where that makes sense.
    session = requests.Session()
    session.headers["Authorization"] = "Bearer " + key
    wait = 1
    while True:
        attempts -= 1
        response = None
        try:
            response = session.post(url, data=json.dumps({"data": rows}), timeout=(3, 10))
        except requests.RequestException:
            if attempts == 0:
                raise
        if response is not None and (response.status_code not in {429, 502, 503, 504} or attempts == 0):
            response.raise_for_status()
            if "error" in response.json():
                raise ValueError("The service says: " + response.json()["error"])
            return response.json()["predictions"]
        after = response.headers.get("Retry-After") if response is not None else None
        pause(int(after) if after else wait)
        wait *= 2
    # END TODO


def clean_up(client: MLClient) -> None:
    # TODO 8.6 Delete the online endpoints, stop the instances, let the clusters shrink to nothing.
    for endpoint in list(client.online_endpoints.list()):
        client.online_endpoints.begin_delete(name=endpoint.name).wait()
    for compute in list(client.compute.list(compute_type="AMLCompute")):
        compute.min_instances = 0
        client.compute.begin_update(compute).wait()
    for compute in list(client.compute.list(compute_type="ComputeInstance")):
        if client.compute.get(compute.name).state != "Stopped":
            client.compute.begin_stop(compute.name).wait()
    # END TODO
