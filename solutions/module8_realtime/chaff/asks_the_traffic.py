# chaff: 8.3
# why: The question goes where the traffic goes: to the old one.


def add_deployment(
    client: MLClient, endpoint: str, name: str, model: str, code: Path, environment: str
) -> None:
    # TODO 8.3 Create the endpoint when it is not there, with keys, and then the deployment.
    try:
        client.online_endpoints.get(endpoint)
    except ResourceNotFoundError:
        wanted = ManagedOnlineEndpoint(name=endpoint, auth_mode="key")
        client.online_endpoints.begin_create_or_update(wanted).result()
    deployment = ManagedOnlineDeployment(
        name=name,
        endpoint_name=endpoint,
        model=model,
        environment=environment,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="score.py"),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(deployment).result()
    # END TODO


def set_traffic(client: MLClient, endpoint: str, shares: Mapping[str, int]) -> None:
    # TODO 8.3 Change the endpoint's traffic, and wait until that is done.
    found = client.online_endpoints.get(endpoint)
    found.traffic = dict(shares)
    client.online_endpoints.begin_create_or_update(found).result()
    # END TODO


def release(
    client: MLClient, endpoint: str, old: str, new: str, request: Path, expected: Sequence[str]
) -> bool:
    # TODO 8.3 Ask the new deployment by its name, and set the traffic by what it answers.
    try:
        text = client.online_endpoints.invoke(endpoint, request_file=str(request))
        good = json.loads(text).get("predictions") == list(expected)
    except (HttpResponseError, ValueError):
        good = False
    set_traffic(client, endpoint, {old: 90, new: 10} if good else {old: 100, new: 0})
    return good
    # END TODO
