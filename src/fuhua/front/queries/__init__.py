"""What the spanning pages show, joined from the engines below into plain values."""
