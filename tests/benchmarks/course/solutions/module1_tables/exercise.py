# %%
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler


# %%
def without_gaps(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a value in every column."""
    # TODO 1.1 Drop the rows with gaps.
    return table.dropna()
    # END TODO


# %%
def group_means(table: pd.DataFrame) -> pd.DataFrame:
    """The mean of `value` for each `group`."""
    # TODO 1.2 Take the mean by group.
    return table.groupby("group", as_index=False)["value"].mean()
    # END TODO


# %%
def scaled(values: np.ndarray) -> np.ndarray:
    """Each column with mean 0 and standard deviation 1."""
    # TODO 1.3 Scale the columns.
    return StandardScaler().fit_transform(values)
    # END TODO


# %%
def split(x: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
    """Three quarters to train with and one to test with, with the same share of each class."""
    # TODO 1.4 Split, stratified by y, with random_state 0.
    return train_test_split(x, y, test_size=0.25, stratify=y, random_state=0)
    # END TODO


# %%
def trained(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    """A classifier fitted to x and y."""
    # TODO 1.5 Fit a logistic regression.
    return LogisticRegression().fit(x, y)
    # END TODO


# %%
def quality(model: LogisticRegression, x: np.ndarray, y: np.ndarray) -> float:
    """The area under the ROC curve."""
    # TODO 1.6 Score the probabilities of class 1.
    return float(roc_auc_score(y, model.predict_proba(x)[:, 1]))
    # END TODO
