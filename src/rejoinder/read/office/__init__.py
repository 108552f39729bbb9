"""What offices write: ``word`` and ``odt`` are read, by what they share in ``file``; the rest is ``refused``."""
