-- What is old is removed every minute, of every subscription at once: found by its time alone.
CREATE INDEX delivery_attempt_old ON delivery_attempt (at);
