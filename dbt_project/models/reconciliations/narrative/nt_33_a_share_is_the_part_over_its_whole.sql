-- One row per disclosure and share in the prose: it is the part over the whole that the text or a
-- table gives. The document against itself.
{%- set number = '([0-9][0-9,，]*[.]?[0-9]*)' %}
{%- set part = '^[^0-9]*' ~ number ~ '(万元|元)' %}
{%- set whole = '^' ~ number ~ '(万元|元)$' %}
{%- set share = number ~ '[%％]$' %}
with printed_shares as (
    select
        *,
        replace({{ captured('value_text', part, 1) }}, '，', ',') as part_text,
        {{ captured('value_text', part, 2) }} as part_unit,
        replace({{ captured("coalesce(note, '')", whole, 1) }}, '，', ',') as whole_text,
        {{ captured("coalesce(note, '')", whole, 2) }} as whole_unit,
        {{ captured('value_text', share, 1) }} as share_text
    from {{ ref('int_narrative_statements') }}
    where subject like 'share%' and {{ matches('value_text', part ~ '.*' ~ share) }}
),

shares as (
    select
        printed_shares.*,
        {{ in_yuan(amount('printed_shares.part_text'), 'printed_shares.part_unit') }} as part_yuan,
        {{ half_unit('printed_shares.part_text', 'printed_shares.part_unit') }} as part_half_unit,
        coalesce(
            {{ in_yuan(amount('printed_shares.whole_text'), 'printed_shares.whole_unit') }},
            wholes.printed_yuan
        ) as whole_yuan,
        coalesce(
            {{ half_unit('printed_shares.whole_text', 'printed_shares.whole_unit') }},
            wholes.printed_half_unit
        ) as whole_half_unit,
        cast({{ amount('printed_shares.share_text') }} * 0.01 as decimal(12, 8)) as share,
        cast(
            {{ half_unit('printed_shares.share_text', "'元'") }} * 0.01 as decimal(12, 8)
        ) as half_share,
        -- The whole stands in a table, or in the sentence of the first share of it.
        coalesce(wholes.table_name, printed_shares.table_name) as whole_table_name,
        case
            when wholes.table_name is not null then wholes.row_number
            else min(printed_shares.row_number) over (
                partition by
                    printed_shares.disclosure_id, printed_shares.note, printed_shares.source_ref
            )
        end as whole_row_number,
        coalesce(wholes.source_ref, printed_shares.source_ref) as whole_source_ref
    from printed_shares
    left join {{ ref('int_repeated_totals') }} as wholes
        on
            wholes.rule_code = 'NT-33'
            and printed_shares.disclosure_id = wholes.disclosure_id
            and printed_shares.subject = wholes.measure
),

checks as (
    select
        disclosure_id,
        {{ said('statement', ["'share'", 'statement_number']) }} as subject,
        part_yuan + part_half_unit
        < cast(whole_yuan - whole_half_unit as decimal(25, 7))
        * try_cast(share - half_share as decimal(12, 6))
        or part_yuan - part_half_unit
        > cast(whole_yuan + whole_half_unit as decimal(25, 7))
        * try_cast(share + half_share as decimal(12, 6)) as is_failed,
        -- A unit of the last digit: shares are rounded so that they add up to a hundred.
        part_yuan + part_half_unit
        >= cast(whole_yuan - whole_half_unit as decimal(25, 7))
        * try_cast(
            share - half_share - greatest(half_share, {{ of_rule('threshold') }})
            as decimal(12, 6)
        )
        and part_yuan - part_half_unit
        <= cast(whole_yuan + whole_half_unit as decimal(25, 7))
        * try_cast(
            share + half_share + greatest(half_share, {{ of_rule('threshold') }})
            as decimal(12, 6)
        ) as is_close,
        part_yuan as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        {{ said('share_of_whole', [
            'part_yuan',
            'whole_yuan',
            'cast(cast(' ~ ratio('part_yuan', 'whole_yuan') ~ ' as decimal(24, 6)) * 100'
            ~ ' as decimal(18, 4))',
        ]) }} as computed_text,
        {{ place_of('stated') }},
        whole_table_name as computed_table_name,
        whole_row_number as computed_row_number,
        whole_source_ref as computed_source_ref
    from shares
    where coalesce(whole_yuan, 1) <> 0
)

{{ judged_statements(
    'checks', computed_text='computed_text', has_computed_place=true, is_hint='is_close'
) }}
