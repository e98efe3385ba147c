"""What the cases above one say of what is written in it: as it is in force, and as it was when it was filed."""
