# why: The two cases written out, and a wider except.


def make_credential(environment):
    # TODO 0.1 Choose the credential by the environment.
    tenant, client = environment.get("AZURE_TENANT_ID"), environment.get("AZURE_CLIENT_ID")
    secret = environment.get("AZURE_CLIENT_SECRET")
    if tenant and client and secret:
        return ClientSecretCredential(tenant_id=tenant, client_id=client, client_secret=secret)
    if client:
        return ManagedIdentityCredential(client_id=client)
    return ManagedIdentityCredential()
    # END TODO


def why_not(credential):
    # TODO 0.1 Ask for a token, and turn the refusal into one line.
    reason = ""
    try:
        credential.get_token(SCOPE)
    except Exception as error:
        reason = " ".join(str(error).split())
    return reason
    # END TODO
