"""Lead groups: the list, the page of one, and the forms to form one, to leave it and to have it take a programme on."""
