"""What is said of lessons: rows beside what is told."""
