"""Tables: ``csv`` by its ``dialect``, Parquet and Arrow in ``columnar``; ``columns`` finds the fields in both."""
