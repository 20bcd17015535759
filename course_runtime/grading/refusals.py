"""What the sandbox refused, told in words: the exception that the student's code saw does not say why."""

from __future__ import annotations

import re

from course_runtime.sandbox import Failure

NO_NETWORK = (
    "There is no network in here: only Azure can be reached, by its SDK. "
    "Use the files that came with the exercise, or data in the workspace."
)
NOT_AZURE = f"If that was a site other than Azure: {NO_NETWORK[0].lower()}{NO_NETWORK[1:]}"
NO_SUCH_PLACE = (
    "Your code sees its own folder and the installed packages, not the rest of the machine. "
    "Use paths relative to the exercise's folder, or /tmp."
)
READ_ONLY = "Only the exercise's folder and /tmp can be written to. Use a path relative to the folder."
TOO_MUCH = "One file, or all that is printed, may have 256 MB. Write or print less: is it in a loop?"
TOO_MANY = "The sandbox gives 64 processes and threads at a time. Start fewer, and wait for those that run."
NO_SPACE = "The sandbox's folders hold 256 MB each. Delete what is no longer needed, or write less."
FORBIDDEN = "The sandbox does not allow this to any code."

LOOKED_AT = 1_000  # characters: the rest of a long message says nothing more
OUTSIDE = r"['\"](?:/(?!student/|tmp/)|~|\.\./)"
REFUSALS = (
    (
        r"Network is unreachable|name resolution|Name or service not known|Only Azure can be reached",
        NO_NETWORK,
    ),
    (r"HTTP Error 403: Forbidden", NOT_AZURE),
    (r"Tunnel connection failed: 403|Address family not supported|No address associated", NO_NETWORK),
    (r"\[Errno 30\]|Read-only file system", READ_ONLY),
    (rf"\[Errno 13\].*{OUTSIDE}|\[Errno 2\].*{OUTSIDE}", NO_SUCH_PLACE),
    (r"\[Errno 27\]|File too large", TOO_MUCH),
    (r"\[Errno 28\]|No space left", NO_SPACE),
    (r"\[Errno 11\].*temporarily unavailable|can't start new thread", TOO_MANY),
    (r"\[Errno 1\]|Operation not permitted", FORBIDDEN),
)


def refusal(failure: Failure) -> str:
    """A sentence for the student, empty where it was not the sandbox that stood in the way."""
    return refusal_in(failure.message[:LOOKED_AT]) if failure.kind == "exception" else ""


def refusal_in(said: str) -> str:
    """The same for the words of an error."""
    return next((words for pattern, words in REFUSALS if re.search(pattern, said)), "")
