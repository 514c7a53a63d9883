"""Stories in the formats of others: one exporter per file, each a pure function from plain records to bytes."""
