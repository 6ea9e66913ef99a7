"""Tables in Parquet and Arrow files: a payload a row, in one column. It needs the extra `arrow`, which nothing else does."""
