"""The questions of the journey, a form for each. Each reads its answers from the draft and gives them back to it."""
