"""Several of nbgrader's commands in one process, each in its folder: importing nbgrader takes seconds.

python commands.py '[["FOLDER", "generate_assignment", "module1"], ...]'
"""

from __future__ import annotations

import contextlib
import json
import os
import sys

from jupyter_core.application import NoStart
from nbgrader.apps import NbGraderApp

for folder, *arguments in json.loads(sys.argv[1]):
    os.chdir(folder)
    app = NbGraderApp.instance()
    app.initialize(arguments)
    with contextlib.suppress(NoStart):  # raised when the command, which is an application too, has run
        app.start()
    NbGraderApp.clear_instance()
