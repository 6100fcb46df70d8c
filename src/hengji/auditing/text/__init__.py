"""R13, R14, R20, R26, R27, R29–R32, R38, R39, R41 and R43: the text as a text: years, chapters, citations, copies, slips."""
