"""Filled forms drawn at random for tests: what a person may hand in, with the truth beside it.

Shares no code and no declaration with the program: it was written from the forms themselves and from what an
extraction must say, so that a mistake in the declarations cannot hide in the tests.
"""
