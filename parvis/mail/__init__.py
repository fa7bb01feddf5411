"""Messages to people, in both languages: declared templates, sent by tasks, nothing kept that is not needed."""
