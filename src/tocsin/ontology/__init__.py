"""What kinds of event there are, as data that has been read and checked."""
