"""What an invocation of a batch endpoint becomes: a pipeline job whose step scores all the data."""
