"""Makes the shipped letter templates as Word files: ``python -m tools.letter_templates``."""
