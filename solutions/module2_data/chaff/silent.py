# chaff: 2.6
# why: Logs nothing.


def sign(vault, secret, report):
    # TODO 2.6 Read the secret, and sign.
    try:
        key = vault.get_secret(secret).value or ""
    except ResourceNotFoundError as error:
        raise LookupError(f"There is no secret '{secret}' in {vault.vault_url}.") from error
    except HttpResponseError as error:
        if error.status_code != 403:
            raise
        raise PermissionError(f"The secret '{secret}' may not be read now: {error.message}") from error
    return hmac.new(key.encode(), report, hashlib.sha256).hexdigest()
    # END TODO


def publish(vault, secret, report, container, name):
    # TODO 2.6 Sign, upload both, and log one line at level INFO that names the report.
    signature = sign(vault, secret, report)
    container.upload_blob(name, report, overwrite=True)
    container.upload_blob(f"{name}.sig", signature, overwrite=True)
    # END TODO
