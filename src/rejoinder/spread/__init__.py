"""Coding and linking spread over many processes or machines, with the result of one: files in, Parquet tables out.

``run`` is the order of things, ``coding`` and ``joining`` its tasks, ``linking`` and ``choosing`` the steps on plain
records that these rest on, ``engine`` what runs tasks on a dask cluster. Nothing here knows a book: what a book keeps
in one file lies in tables that no machine needs to hold.
"""

from rejoinder.spread.engine import Cluster, here, on_cluster
from rejoinder.spread.run import SUCCESS, Settings, Told, spread

__all__ = ["SUCCESS", "Cluster", "Settings", "Told", "here", "on_cluster", "spread"]
