"""JSON: of which ``kind`` a text is, ``objects`` in one value, or ``lines`` with one object each."""
