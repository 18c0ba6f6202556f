"""The reference lists, held against what defines every name in them before anything is computed."""
