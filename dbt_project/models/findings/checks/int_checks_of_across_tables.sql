-- One row per rule and disclosure for what passed; per rule, disclosure and subject for all else.
{{ counted_checks('across_tables') }}
