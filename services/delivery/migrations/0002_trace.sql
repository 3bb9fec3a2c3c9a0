-- The trace in which what happened is followed until its webhook has left; it is never sent along.
ALTER TABLE delivery ADD COLUMN trace text;
