"""Official amendments: their orders read, and carried out on the text before; and the amendment written for two texts."""
