"""An example of a plug-in for Tocsin: one of each kind."""
