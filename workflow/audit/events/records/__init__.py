"""What is told of records of what was begun elsewhere."""
