"""Every need with every offer: needs in parts, one engine or many machines, the same bytes in the end; files as commands read and write them."""
