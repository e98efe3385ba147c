"""Work that is done behind the pages: promised in a transaction, done by whichever worker is alive."""
