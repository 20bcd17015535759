# chaff: 8.2
# why: The server is killed, and its worker runs on.


def ask_locally(script: Path, models: Path, body: object, patience: float = 30.0) -> object:
    # TODO 8.2 Start the server on a free port, wait until it is healthy, post, and stop it whatever happens.
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "azureml_inference_server_http", "--port", str(port)]
    command += ["--entry_script", str(script), "--model_dir", str(models)]
    with tempfile.TemporaryFile("w+") as log:
        server = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            until = time.monotonic() + patience
            while not is_healthy(url):
                if server.poll() is not None:
                    log.seek(0)
                    raise RuntimeError(f"The server has ended. It printed:\n{log.read()}")
                if time.monotonic() > until:
                    raise TimeoutError(f"The server is not healthy after {patience} seconds.")
                time.sleep(0.1)
            response = requests.post(f"{url}/score", json=body, timeout=patience)
            response.raise_for_status()
            return response.json()
        finally:
            server.kill()
            server.wait()
    # END TODO
