"""What was learnt and what is shared, on the command line."""
