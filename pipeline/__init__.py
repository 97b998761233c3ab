"""Skjemaflyt: the form-and-letter pipeline of a municipality's coordinating unit."""
