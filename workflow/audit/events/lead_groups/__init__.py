"""What is told of lead groups, on their own histories and on those of the programmes that they lead."""
