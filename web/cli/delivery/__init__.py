"""What people do while programmes are delivered, on the command line."""
