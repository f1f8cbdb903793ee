"""The whole job in a minute: a small bundled history of made-up platforms, played through the pipeline offline."""
