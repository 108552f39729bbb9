"""Who acts on whom as drawings: pure functions from counts to geometry, which templates draw."""
