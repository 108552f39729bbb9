"""Acts as files that other programs read: JSONL in the codebook's form, CSV and Parquet as a table.

A file appears whole or not at all: it is written under another name beside its place and then renamed. "-" stands for
standard output where the format is text.
"""

from rejoinder.export.csv import write_csv, write_rows
from rejoinder.export.gold import Gold, gold, gold_files, write_gold
from rejoinder.export.jsonl import document_to_json, write_jsonl
from rejoinder.export.parquet import write_parquet

__all__ = [
    "Gold",
    "document_to_json",
    "gold",
    "gold_files",
    "write_csv",
    "write_gold",
    "write_jsonl",
    "write_parquet",
    "write_rows",
]
