"""Taking expenditures over from accepted reports: what they say and the ledger lacks, offered and recorded."""
