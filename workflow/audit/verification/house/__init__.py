"""What stands in the house beside its offices: each kind of row, read as it is and as the register tells it."""
