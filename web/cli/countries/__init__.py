"""Countries on the command line: approached one by one, and what each of them is asked and leads."""
