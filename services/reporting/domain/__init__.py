"""What reporting knows: entries of the trail, who may read them, how they are said."""
