"""Official amendments: their orders are read and carried out on the text before them; an amendment is drafted from two texts."""
