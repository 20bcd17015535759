# chaff: 8.4
# why: A connection that breaks is the end.


def ask(
    url: str,
    key: str,
    rows: Sequence[Sequence[float]],
    attempts: int = 4,
    pause: Callable[[float], None] = time.sleep,
) -> list[str]:
    # TODO 8.4 Post {"data": rows} with the key, with a timeout of ten seconds, and again where that makes sense.
    for attempt in range(attempts):
        is_last = attempt + 1 == attempts
        try:
            headers = {"Authorization": f"Bearer {key}"}
            response = requests.post(url, json={"data": rows}, headers=headers, timeout=10)
        except (requests.ConnectionError, requests.Timeout):
            raise
        if is_last or response.status_code not in (429, 502, 503, 504):
            break
        pause(float(response.headers.get("Retry-After", 2**attempt)))
    response.raise_for_status()
    answer = response.json()
    if "error" in answer:
        raise ValueError(answer["error"])
    return answer["predictions"]
    # END TODO
