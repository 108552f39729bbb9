"""Archives: what lies in them is read in turn, under the limits that the dispatcher sets.

``zipped``, ``tar`` and ``warc`` give their ``members``, ``packed`` the one file that is in it; ``unpack`` knows how
streams are packed.
"""
