"""Documents of a programme: drafts, versions, checklist, attachments, signatures."""
