# chaff: 8.7
# why: A request for each tile.


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
    classes = []
    for tile in tiles:
        with tempfile.TemporaryDirectory() as folder:
            request = Path(folder) / "request.json"
            request.write_text(json.dumps({"images": [base64.b64encode(tile.read_bytes()).decode("ascii")]}))
            answer = json.loads(client.online_endpoints.invoke(endpoint, request_file=str(request)))
        if "error" in answer:
            raise ValueError(answer["error"])
        classes += answer["classes"]
    return classes
    # END TODO
