"""What people put there: ticks, crosses, signatures."""
