"""The names of what a reading leaves beside the raw CSVs; a scan passes over all of it."""

REPORT = "reading-report.txt"
SUMS = "reading-sums.txt"
SCORECARD = "reading-scorecard.csv"
DIFFERENCES = "reading-differences.csv"
AGAIN = "reading-again"
BOXES = "boxes.csv"  # where on the pages each value is printed

READING_FILES = frozenset({REPORT, SUMS, SCORECARD, DIFFERENCES, AGAIN, BOXES})
