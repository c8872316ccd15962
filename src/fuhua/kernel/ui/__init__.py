"""The look and the voice of every page: layout, components, charts and the way figures are written."""
