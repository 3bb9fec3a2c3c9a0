"""What partners and administrators ask of delivery, and how it is answered."""
