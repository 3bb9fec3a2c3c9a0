"""What the directory answers across streams, one file a question."""
