"""Claims of many articles become events and threats, with the origins that they go back to."""
