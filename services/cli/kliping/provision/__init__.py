"""What ``kliping secrets`` makes: passwords, accounts of Redis and OpenSearch, certificates."""
