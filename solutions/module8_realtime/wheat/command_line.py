# why: The command azmlinfsrv, in a process group of its own, and the health asked for in the same loop.

# %% extra
import os
import signal


def port_nobody_has() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def healthy_by(server, url: str, until: float) -> bool:
    while server.poll() is None and time.monotonic() < until:
        if is_healthy(url):
            return True
        time.sleep(0.05)
    return False


# %%
def ask_locally(script: Path, models: Path, body: object, patience: float = 30.0) -> object:
    # TODO 8.2 Start the server on a free port, wait until it is healthy, post, and stop it whatever happens.
    port = port_nobody_has()
    arguments = ["azmlinfsrv", "--port", port, "--entry_script", script, "--model_dir", models]
    with tempfile.TemporaryDirectory() as folder, open(Path(folder) / "log", "wb") as log:
        server = subprocess.Popen(
            [str(one) for one in arguments], stdout=log, stderr=log, start_new_session=True
        )
        try:
            if healthy_by(server, f"http://localhost:{port}/", time.monotonic() + patience):
                answer = requests.post(f"http://localhost:{port}/score", data=json.dumps(body), timeout=60)
                answer.raise_for_status()
                return json.loads(answer.text)
            if server.poll() is None:
                raise TimeoutError("not healthy")
            raise RuntimeError(Path(log.name).read_text())
        finally:
            try:
                os.killpg(server.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            server.wait()
    # END TODO


def is_healthy(url: str) -> bool:
    # TODO 8.2 Ask, and take each way of not answering for a no.
    try:
        return requests.get(url, timeout=0.5).status_code == 200
    except requests.RequestException:
        return False
    # END TODO
