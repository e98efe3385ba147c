"""The pages of the lifecycles: what each is for, its whole course, and who may do what when."""
