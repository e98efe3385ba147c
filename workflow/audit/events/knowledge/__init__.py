"""What is told of lessons: whether they are used where something similar is planned."""
