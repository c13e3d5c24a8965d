"""Public bodies: municipalities, ministries, councils; addressees, never members."""
