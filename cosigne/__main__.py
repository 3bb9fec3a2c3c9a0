"""`python -m cosigne`: the same as the console command."""

import sys

from cosigne.cli import main

sys.exit(main())
