"""The matrix: themes as columns, categories as cells, and notes that are put in them."""
