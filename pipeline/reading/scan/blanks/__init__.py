"""The blanks of the project's own forms: print and boxes that are known by their place."""
