"""The course's tables and tiles, made on demand: `from datasets import aerial, diabetes`.

Inside, modules import each other relatively: an installed kit keeps this folder under another name.
"""

from __future__ import annotations

from . import aerial, diabetes

__all__ = ["aerial", "diabetes"]
