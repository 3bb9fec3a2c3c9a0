"""One file for each promise on speed: a table of ratios measured side by side, then one JSON line."""
