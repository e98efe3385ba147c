"""What is done with lifecycles on the command line."""
