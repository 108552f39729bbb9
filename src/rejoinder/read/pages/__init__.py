"""Web pages: the article in them, and what they say of who wrote it, and when.

``html`` reads a page: ``markup`` makes a tree of its bytes, ``facts`` asks it for title, outlet, author, address, day
(``headlines``, ``dates``, ``jsonld``), ``article`` finds the text (``mainarea``, ``linklists``), ``blocks`` makes
paragraphs of elements, and ``words`` loads ``data/pages.yaml``. ``fragment`` is for markup that is a text as it stands.
"""
