-- One row per claim between printed amounts, disclosure and subject, all by number: both sides.
with {{ numbered_claims() }},

{{ compared_amounts() }}

select * from compared
