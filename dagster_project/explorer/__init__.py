"""The explorer: the published warehouse as a site in Chinese that opens from a file."""
