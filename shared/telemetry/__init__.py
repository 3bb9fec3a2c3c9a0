"""What a process tells of itself to whoever runs it: traces, metrics, logs. Nothing of anybody."""
