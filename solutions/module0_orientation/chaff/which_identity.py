# chaff: 0.1
# why: Forgets that a machine may have several identities, and that AZURE_CLIENT_ID names one.


def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    values = [environment.get(name) for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")]
    if all(values):
        return ClientSecretCredential(*values)
    return ManagedIdentityCredential()
    # END TODO
