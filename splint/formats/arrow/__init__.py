"""Tables in Parquet and Arrow files: a payload a row, in one column. Its modules need the extra `arrow`."""
