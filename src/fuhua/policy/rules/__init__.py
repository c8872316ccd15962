"""One file per rule, by topic; dropping a file in is the whole act of adding a rule."""
