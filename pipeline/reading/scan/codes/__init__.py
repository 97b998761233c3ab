"""The project's own codes, corner marks and separator sheets."""
