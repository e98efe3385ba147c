"""What needs the library of migrations; only who migrates or compares reads it in."""
