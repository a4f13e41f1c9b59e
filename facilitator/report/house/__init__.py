"""The house style of an organisation: a Word file that the verslag takes its look from."""
