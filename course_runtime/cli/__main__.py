from __future__ import annotations

import sys

from course_runtime.cli import main

sys.exit(main())
