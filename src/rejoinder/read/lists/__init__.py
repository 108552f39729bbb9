"""Lists of pages: ``feed`` and ``sitemap`` read them, ``listing`` is what they give, ``web`` fetches it."""
