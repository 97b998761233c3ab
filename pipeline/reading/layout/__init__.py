"""The layout of a page from its lines and words, for printed PDFs and scans alike."""
