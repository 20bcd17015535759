# chaff: 2.6
# why: A hash of key and report is taken for an HMAC.


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
    return hashlib.sha256(key.encode() + report).hexdigest()
    # END TODO
