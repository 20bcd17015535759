"""Model monitors: the signals that compare production data with a reference, and what they raise."""
