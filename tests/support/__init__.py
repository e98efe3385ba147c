"""What the tests stand on: a PostgreSQL server, migrated databases and a browser."""
