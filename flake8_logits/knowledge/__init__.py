"""What the libraries do, as typed rows; no logic beyond looking a row up."""
