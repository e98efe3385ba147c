"""What blocks programmes, by age: the page, and the file to be taken away."""
