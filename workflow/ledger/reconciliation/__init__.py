"""The ledger of a case held against its papers: budget, work plans, reports and the final statement."""
