"""What is drawn on a sheet: lines, tick boxes, runs of text."""
