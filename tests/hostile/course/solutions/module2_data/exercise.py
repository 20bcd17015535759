# %%
"""An array and a table. KEPT-SECRET-solution-77aa."""

import numpy as np
import pandas as pd


# %%
def scaled(values: np.ndarray) -> np.ndarray:
    # TODO 2.1 Scale to the range 0 to 1.
    return (values - values.min()) / (values.max() - values.min())
    # END TODO


# %%
def with_total(table: pd.DataFrame) -> pd.DataFrame:
    # TODO 2.2 Add the column total: the sum of a and b.
    return table.assign(total=table.a + table.b)
    # END TODO
