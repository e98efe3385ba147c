"""Reading a lifecycle file: every part of it turned into its frozen form, every fault noted."""
