"""What people do with a programme, step by step, by the words on the pages."""
