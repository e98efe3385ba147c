"""The closing queue: programmes that have ended operationally and are not closed, and what each waits for."""
