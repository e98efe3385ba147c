"""What an administrator keeps, on the command line: pivotal countries, parties, bodies, frameworks."""
