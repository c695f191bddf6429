"""What start.py is made of."""
