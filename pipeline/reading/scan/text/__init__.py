"""What is written: two readers, and what they agree on."""
