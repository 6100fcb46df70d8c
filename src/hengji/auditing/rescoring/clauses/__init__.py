"""Rules that give or take points: read clause by clause, bound to a leaf's figures by their words, and weighed in every reading."""
