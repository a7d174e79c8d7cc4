"""Results kept between runs: as long as nothing that they were made of has changed."""
