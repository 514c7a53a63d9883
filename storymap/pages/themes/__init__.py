"""The themes that the package brings."""
