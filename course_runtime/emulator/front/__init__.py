"""The front door: the proxy, its certificates, the host table, faults and the request log."""
