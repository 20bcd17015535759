"""Azure Storage: blobs, the data lake over the same blobs, and file shares."""
