"""Drawn scans: pictures of forms as scanners and pens make them."""
