"""The questions that are asked of plans across streams."""
