# chaff: 8.7
# why: A request may take five seconds, and the first one takes longer.


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
        instance_type="Standard_DS3_v2",
        instance_count=1,
    )
    client.online_deployments.begin_create_or_update(deployment).result()
    wanted.traffic = {"tiles": 100}
    client.online_endpoints.begin_create_or_update(wanted).result()
    # END TODO
