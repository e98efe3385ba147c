"""The closing queue: the page, and the file to be taken away."""
