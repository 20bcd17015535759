from __future__ import annotations

import json
import signal
import sys
from pathlib import Path

from course_runtime.cli.exec_command import command_environment, refusal

from .conftest import Command

SHOW = "import os; print({name: value for name, value in os.environ.items() if name.startswith('AZURE')})"


def test_exit_code_and_streams_are_the_commands_own(workshop: Command) -> None:
    done = workshop("exec", "--", "sh", "-c", "echo out; echo err >&2; exit 7")
    assert (done.returncode, done.stdout, done.stderr) == (7, "out\n", "err\n")


def test_options_after_the_command_are_its_own(workshop: Command) -> None:
    assert workshop("exec", "echo", "--help", "-x").stdout == "--help -x\n"


def test_a_pipe_that_closes_early_ends_the_command(workshop: Command) -> None:
    """SIGPIPE is back to what a command expects of it."""
    process = workshop.start("exec", "--", "sh", "-c", "kill -PIPE $$")
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGPIPE


def test_the_emulator_is_in_use_as_long_as_the_command_runs(workshop: Command) -> None:
    shown = workshop("exec", "--", sys.executable, "-m", "course_runtime.cli", "emulator", "status", "--json")
    assert json.loads(shown.stdout)["leases"] == 1


def test_a_command_that_is_not_there(workshop: Command) -> None:
    done = workshop("exec", "--", "no-such-command")
    assert done.returncode == 127
    assert "There is no command 'no-such-command'." in done.stderr


def test_the_users_own_azure_is_left_outside(workshop: Command) -> None:
    workshop.more = {"AZURE_CLIENT_CERTIFICATE_PATH": "/real", "AZURE_CLIENT_ID": "real"}
    shown = workshop("exec", "--", "python3", "-c", SHOW).stdout
    assert "real" not in shown
    assert "AZURE_WORKSPACE_NAME" in shown


def test_the_environment_is_replaced_where_it_would_lead_elsewhere() -> None:
    own = {
        "PATH": "/bin",
        "AZURE_CLIENT_CERTIFICATE_PATH": "c",
        "https_proxy": "http://office",
        "ALL_PROXY": "x",
    }
    cloud = {"HTTPS_PROXY": "http://127.0.0.1:1", "AZURE_CLIENT_ID": "workshop"}
    assert command_environment(own, cloud, Path("/state")) == {
        "PATH": f"{Path(sys.executable).parent}:/bin",
        "AZURE_CONFIG_DIR": "/state/azure-cli",
        **cloud,
    }


def test_a_script_whose_interpreter_is_missing(tmp_path: Path) -> None:
    script = tmp_path / "script"
    script.write_text("#!/no/such/interpreter\n")
    script.chmod(0o755)
    code, words = refusal("script", {"PATH": str(tmp_path)}, FileNotFoundError(2, "No such file"))
    assert code == 127 and "interpreter" in words


def test_a_file_that_may_not_be_run(tmp_path: Path) -> None:
    code, words = refusal(str(tmp_path), {}, PermissionError(13, "Permission denied"))
    assert code == 126 and "Permission denied" in words
