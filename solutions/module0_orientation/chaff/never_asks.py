# chaff: 0.1
# why: Making a credential proves nothing: without a token nobody has checked the secret.


def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    values = [environment.get(name) for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET")]
    if all(values):
        return ClientSecretCredential(*values)
    return ManagedIdentityCredential(client_id=environment.get("AZURE_CLIENT_ID") or None)
    # END TODO


def why_not(credential):
    # TODO 0.1 Ask for a token, and turn the refusal into one line.
    return "" if credential else "there is no credential"
    # END TODO
