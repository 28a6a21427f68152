"""The spaCy components that read a text, the network behind them, and the pipeline that they form."""
