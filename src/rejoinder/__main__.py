"""``python -m rejoinder``: the program ``rejoinder``."""

import sys

from rejoinder.cli import main

sys.exit(main())
