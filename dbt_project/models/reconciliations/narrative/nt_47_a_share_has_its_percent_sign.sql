-- One row per disclosure and share in the prose (占…%): it has its percent sign.
-- The document against itself.
with checks as (
    select
        disclosure_id,
        {{ said('statement', ["'share'", 'statement_number']) }} as subject,
        subject = 'share_without_sign' as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        {{ place_of('stated') }}
    from {{ ref('int_narrative_statements') }}
    where subject like 'share%'
)

{{ judged_statements('checks') }}
