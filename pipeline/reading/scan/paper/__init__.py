"""A file's pages as pictures, upright, straight and clean."""
