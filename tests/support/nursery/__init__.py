"""Commands of ours begun as copies of a process that has loaded the product once."""
