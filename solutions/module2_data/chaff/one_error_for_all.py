# chaff: 2.6
# why: Every refusal becomes LookupError.


def sign(vault, secret, report):
    # TODO 2.6 Read the secret, and sign.
    try:
        key = vault.get_secret(secret).value
    except HttpResponseError as error:
        raise LookupError(f"The secret '{secret}' was not found.") from error
    return hmac.new(key.encode(), report, hashlib.sha256).hexdigest()
    # END TODO
