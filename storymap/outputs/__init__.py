"""What a site has beside its pages, each from plain values to bytes."""
