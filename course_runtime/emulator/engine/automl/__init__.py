"""AutoML on tables: a real search over scikit-learn's algorithms, under the limits that a job names."""
