"""PDF files: ``file`` reads one, by its ``lines`` and where they stand, which are joined to ``paragraphs``."""
