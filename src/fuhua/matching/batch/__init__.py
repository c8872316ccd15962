"""Every need against every offer, in parts that may be done anywhere with the same bytes in the end; the files of commands."""
