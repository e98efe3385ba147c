"""Countries approached one by one: the register, and the forms to ask, to answer, to record and to give notice."""
