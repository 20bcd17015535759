"""Made-up diabetes patients: the same seed gives the same tables, and no row is a real person's.

The distributions follow those of the MIT-licensed diabetes.csv of MicrosoftLearning/mslearn-dp100.
"""

from __future__ import annotations

from .batch import batch_files, batch_rows
from .cache import path
from .drift import baseline, drifted
from .errors import DatasetError
from .files import KINDS, write
from .joining import patient_files
from .nulls import raw
from .plots import plot
from .progression import progression
from .schema import COLUMNS, FEATURES, LABEL, PATIENT
from .tables import clean, second_year

__all__ = [
    "COLUMNS",
    "FEATURES",
    "KINDS",
    "LABEL",
    "PATIENT",
    "DatasetError",
    "baseline",
    "batch_files",
    "batch_rows",
    "clean",
    "drifted",
    "path",
    "patient_files",
    "plot",
    "progression",
    "raw",
    "second_year",
    "write",
]
