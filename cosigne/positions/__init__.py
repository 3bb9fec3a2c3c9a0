"""The list of positions that is kept outside, and what a restored installation is compared with it."""
