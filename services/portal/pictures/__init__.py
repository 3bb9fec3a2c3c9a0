"""Pictures, drawn as SVG where the page is made: each has a title, a description and a table beside it."""
