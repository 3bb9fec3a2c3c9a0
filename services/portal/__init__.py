"""What people see: every page is read from the other services, with the token of who is signed in."""
