-- One row per disclosure and expense with a reason for its change, where last year's document of
-- the stage gives one too: it is not, word for word, last year's. Two documents.
-- A reason may hold for two years; a few words and no change are no reason to compare.
with reasons as (
    select
        *,
        character_count >= {{ of_rule('threshold') }} and not says_no_change as is_long
    from {{ ref('int_reasons') }}
),

expenses_with_reasons as (
    select distinct
        disclosure_id,
        account_name
    from reasons
    where is_long
),

compared_reasons as (
    select
        reasons.*,
        earlier.earlier_disclosure_id,
        copies.table_name as earlier_table_name,
        copies.row_number as earlier_row_number,
        copies.source_ref as earlier_source_ref,
        row_number() over (
            partition by reasons.disclosure_id, reasons.account_name
            order by
                case when copies.account_name is null then 1 else 0 end,
                reasons.row_number,
                earlier.earlier_disclosure_id
        ) as place_rank
    from reasons
    inner join {{ ref('int_earlier_disclosures') }} as earlier
        on reasons.disclosure_id = earlier.disclosure_id and earlier.is_same_stage
    inner join expenses_with_reasons
        on
            earlier.earlier_disclosure_id = expenses_with_reasons.disclosure_id
            and reasons.account_name = expenses_with_reasons.account_name
    left join reasons as copies
        on
            earlier.earlier_disclosure_id = copies.disclosure_id
            and reasons.account_name = copies.account_name
            and reasons.value_text = copies.value_text
    where reasons.is_long
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ["'reason'", 'account_name']) }} as subject,
        earlier_table_name is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        case
            when earlier_table_name is null then {{ said('words_of_its_own') }}
            else {{ said('same_words_last_year') }}
        end as computed_text,
        {{ place_of('stated') }},
        earlier_table_name as computed_table_name,
        earlier_row_number as computed_row_number,
        earlier_source_ref as computed_source_ref,
        earlier_disclosure_id as computed_disclosure_id
    from compared_reasons
    where place_rank = 1
)

{{ judged_statements(
    'checks',
    computed_text='computed_text',
    has_computed_place=true,
    computed_disclosure_id='computed_disclosure_id'
) }}
