"""The columns of a diabetes table, in their order."""

from __future__ import annotations

PATIENT = "PatientID"
LABEL = "Diabetic"
FEATURES = (
    "Pregnancies",
    "PlasmaGlucose",
    "DiastolicBloodPressure",
    "TricepsThickness",
    "SerumInsulin",
    "BMI",
    "DiabetesPedigree",
    "Age",
)
COLUMNS = (PATIENT, *FEATURES, LABEL)
DECIMALS = {"BMI": 8, "DiabetesPedigree": 9}
"""The features that are not whole numbers, and how many decimals they have: enough for each value to be unique."""
