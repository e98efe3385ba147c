"""What an approach to a country comes to: its line, the interest that its answer registers, and who is told of a notice."""
