"""Charts as inline SVG text: sharp in print, searchable, in the fonts of the reader."""
