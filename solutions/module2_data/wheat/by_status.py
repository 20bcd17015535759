# why: Tells refusals apart by their status, and signs step by step.


def sign(vault, secret, report):
    # TODO 2.6 Read the secret, and sign.
    try:
        bundle = vault.get_secret(name=secret)
    except HttpResponseError as error:
        if error.status_code == 404:
            raise LookupError(f"No secret is called {secret}.") from None
        if error.status_code in (401, 403):
            raise PermissionError(f"{secret} cannot be read: ask for a role, or have it enabled.") from None
        raise
    digest = hmac.HMAC(bundle.value.encode("utf-8"), digestmod="sha256")
    digest.update(report)
    return digest.hexdigest()
    # END TODO


def publish(vault, secret, report, container, name):
    # TODO 2.6 Sign, upload both, and log one line at level INFO that names the report.
    for path, data in {name: report, f"{name}.sig": sign(vault, secret, report).encode()}.items():
        container.get_blob_client(path).upload_blob(data, overwrite=True)
    logging.getLogger(__name__).info("%s is published (%d bytes)", name, len(report))
    # END TODO
