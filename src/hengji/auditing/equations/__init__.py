"""Equations between written figures, whatever the words between them: what one slip of the pen broke, they show."""
