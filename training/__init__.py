"""What makes kg/model: the annotated corpus and the steps prepare, train, export, calibrate."""
