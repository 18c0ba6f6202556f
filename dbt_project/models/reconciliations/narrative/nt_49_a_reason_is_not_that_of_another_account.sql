-- One row per disclosure and expense with a reason for its change: it is not, word for word, that
-- of another expense. The document against itself.
-- A few words and no change tell nothing. A reason that names either expense may tell of a sum that
-- moved between them; NT-37 judges what names the other one.
with reasons as (
    select
        *,
        character_count >= {{ of_rule('threshold') }} and not says_no_change as is_long
    from {{ ref('int_reasons') }}
),

copies as (
    select
        reasons.disclosure_id,
        reasons.account_name,
        reasons.value_text,
        min_by(others.account_name, others.row_number) as other_account,
        min_by(others.source_ref, others.row_number) as other_source_ref,
        min(others.row_number) as other_row_number
    from reasons
    inner join reasons as others
        on
            reasons.disclosure_id = others.disclosure_id
            and reasons.value_text = others.value_text
            and reasons.account_name <> others.account_name
            -- The later of two is the copy.
            and reasons.row_number > others.row_number
    where
        reasons.is_long
        and reasons.value_text not like '%' || reasons.account_name || '%'
        and reasons.value_text not like '%' || others.account_name || '%'
    group by reasons.disclosure_id, reasons.account_name, reasons.value_text
),

ranked_reasons as (
    select
        reasons.*,
        copies.other_account,
        copies.other_source_ref,
        copies.other_row_number,
        row_number() over (
            partition by reasons.disclosure_id, reasons.account_name
            order by
                case when copies.other_account is null then 1 else 0 end,
                reasons.row_number
        ) as place_rank
    from reasons
    left join copies
        on
            reasons.disclosure_id = copies.disclosure_id
            and reasons.account_name = copies.account_name
            and reasons.value_text = copies.value_text
    where reasons.is_long
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ["'reason'", 'account_name']) }} as subject,
        other_account is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        case
            when other_account is null then {{ said('words_of_its_own') }}
            else {{ said('same_words_as', ['other_account']) }}
        end as computed_text,
        {{ place_of('stated') }},
        case when other_account is not null then table_name end as computed_table_name,
        other_row_number as computed_row_number,
        other_source_ref as computed_source_ref
    from ranked_reasons
    where place_rank = 1
)

{{ judged_statements('checks', computed_text='computed_text', has_computed_place=true) }}
