"""One voice for mail, page and terminal: sentences, translations, dates, templates."""
