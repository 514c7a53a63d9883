L.extra = 1;
