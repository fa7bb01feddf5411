"""What every room builds on: actor, action, states, bilingual text, commands. No models, no rooms."""
