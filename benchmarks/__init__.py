"""Benchmarks: what the program does per second, against what the machine could do at best."""
