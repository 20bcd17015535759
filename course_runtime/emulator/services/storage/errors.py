"""Azure Storage's refusals, in its codes and words."""

from __future__ import annotations

from course_runtime.emulator.kernel.errors import AzureError


class StorageError(AzureError):
    """A refusal with the further elements that storage puts beside its code and message."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        more: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(status, code, message, headers=headers)
        self.more = more or {}


def account_not_found(account: str) -> StorageError:
    return StorageError(
        404,
        "ResourceNotFound",
        f"There is no storage account '{account}' in this cloud, so its name does not lead anywhere. Check the "
        "account's name, or create the account first.",
    )


def container_not_found() -> StorageError:
    return StorageError(404, "ContainerNotFound", "The specified container does not exist.")


def blob_not_found() -> StorageError:
    return StorageError(404, "BlobNotFound", "The specified blob does not exist.")


def authentication_failed(detail: str, status: int = 403) -> StorageError:
    return StorageError(
        status,
        "AuthenticationFailed",
        "Server failed to authenticate the request. Make sure the value of Authorization header is formed "
        "correctly including the signature.",
        more={"AuthenticationErrorDetail": detail},
    )


def permission_mismatch() -> StorageError:
    return StorageError(
        403,
        "AuthorizationPermissionMismatch",
        "This request is not authorized to perform this operation using this permission.",
    )


def condition_not_met() -> StorageError:
    return StorageError(
        412, "ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met."
    )


def blob_already_exists() -> StorageError:
    return StorageError(409, "BlobAlreadyExists", "The specified blob already exists.")


def invalid_header(name: str, value: str, reason: str = "") -> StorageError:
    return StorageError(
        400,
        "InvalidHeaderValue",
        f"The value for one of the HTTP headers is not in the correct format.{reason and ' ' + reason}",
        more={"HeaderName": name, "HeaderValue": value},
    )


def missing_header(name: str) -> StorageError:
    return StorageError(
        400,
        "MissingRequiredHeader",
        "An HTTP header that's mandatory for this request is not specified.",
        more={"HeaderName": name},
    )


def invalid_query(name: str, value: str, reason: str) -> StorageError:
    return StorageError(
        400,
        "InvalidQueryParameterValue",
        "Value for one of the query parameters specified in the request URI is invalid.",
        more={"QueryParameterName": name, "QueryParameterValue": value, "Reason": reason},
    )


def invalid_range(size: int) -> StorageError:
    return StorageError(
        416,
        "InvalidRange",
        "The range specified is invalid for the current size of the resource.",
        headers={"Content-Range": f"bytes */{size}"},
    )


def invalid_xml(reason: str) -> StorageError:
    return StorageError(
        400, "InvalidXmlDocument", "XML specified is not syntactically valid.", more={"Reason": reason}
    )


def invalid_blob_type() -> StorageError:
    return StorageError(409, "InvalidBlobType", "The blob type is invalid for this operation.")
