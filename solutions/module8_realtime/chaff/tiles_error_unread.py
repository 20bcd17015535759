# chaff: 8.7
# why: An answer without classes is a KeyError.


def serve_tiles(client: MLClient, endpoint: str, model: str, code: Path, environment: str) -> None:
    # TODO 8.7 Create the endpoint, with keys, and its only deployment, `tiles`, which gets all the traffic.
    wanted = ManagedOnlineEndpoint(name=endpoint, auth_mode="key")
    client.online_endpoints.begin_create_or_update(wanted).result()
    deployment = ManagedOnlineDeployment(
        name="tiles",
        endpoint_name=endpoint,
        model=model,
        environment=environment,
        code_configuration=CodeConfiguration(code=str(code), scoring_script="aerial_score.py"),
        request_settings=OnlineRequestSettings(request_timeout_ms=60_000),
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(deployment).result()
    wanted.traffic = {"tiles": 100}
    client.online_endpoints.begin_create_or_update(wanted).result()
    # END TODO


def classify(client: MLClient, endpoint: str, tiles: Sequence[Path]) -> list[str]:
    # TODO 8.7 Send all of them in one request, {"images": [each file in base64]}, and return the "classes".
    url = client.online_endpoints.get(endpoint).scoring_uri
    key = client.online_endpoints.get_keys(endpoint).primary_key
    body = {"images": [base64.b64encode(tile.read_bytes()).decode("ascii") for tile in tiles]}
    response = requests.post(url, json=body, headers={"Authorization": f"Bearer {key}"}, timeout=60)
    response.raise_for_status()
    answer = response.json()
    return answer["classes"]
    # END TODO
