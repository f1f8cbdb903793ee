"""The report that people browse, as static pages."""
