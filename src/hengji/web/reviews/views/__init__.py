"""Pages of review: the queue, one leaf, the second reading, questions, alike, samples, assignments, opinions."""
