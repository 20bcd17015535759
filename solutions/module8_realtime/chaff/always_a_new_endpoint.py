# chaff: 8.3
# why: The endpoint is written anew, and its traffic is lost.


def add_deployment(
    client: MLClient, endpoint: str, name: str, model: str, code: Path, environment: str
) -> None:
    # TODO 8.3 Create the endpoint when it is not there, with keys, and then the deployment.
    wanted = ManagedOnlineEndpoint(name=endpoint, auth_mode="key", traffic={})
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
