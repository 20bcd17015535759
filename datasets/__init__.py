"""The course's tables, made on demand: `from datasets import diabetes`.

Inside, modules import each other relatively: an installed kit keeps this folder under another name.
"""

from __future__ import annotations

from . import diabetes

__all__ = ["diabetes"]
