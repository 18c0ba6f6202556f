-- One row per comparison of printed amounts, disclosure and subject, all by number: both sides.
with {{ numbered_comparisons() }},

{{ compared_amounts() }}

select * from compared
