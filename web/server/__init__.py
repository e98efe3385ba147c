"""How requests come in and answers go out: no thread waits for a slow line."""
