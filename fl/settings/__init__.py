"""The things that can be chosen: settings with their words and limits, presets, the aggregators. Light imports only."""
