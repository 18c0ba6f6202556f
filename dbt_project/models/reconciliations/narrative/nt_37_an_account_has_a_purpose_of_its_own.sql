-- One row per disclosure and account whose purpose the prose gives, or expense whose reason: it is
-- not that of another account, which it names. The document against itself.
with purposes as (
    select
        disclosure_id,
        subject as kind,
        note as account_name,
        {{ last_account('note') }} as account_item,
        value_text,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_narrative_statements') }}
    where subject in ('purpose', 'reason') and note is not null
    group by disclosure_id, subject, note, value_text
),

-- Two accounts may well serve one purpose; one that is called by the other's name is copied.
copies as (
    select
        purposes.disclosure_id,
        purposes.kind,
        purposes.account_name,
        purposes.value_text,
        min(others.account_name) as other_account
    from purposes
    inner join purposes as others
        on
            purposes.disclosure_id = others.disclosure_id
            and purposes.kind = others.kind
            and purposes.value_text = others.value_text
            and purposes.account_name <> others.account_name
    where
        length(others.account_item) >= 4
        and purposes.value_text like '%' || others.account_item || '%'
        and purposes.value_text not like '%' || purposes.account_item || '%'
        and purposes.account_item not like '%' || others.account_item || '%'
    group by
        purposes.disclosure_id, purposes.kind, purposes.account_name, purposes.value_text
),

-- An account may stand in several places, each with a purpose; one that is copied comes first.
ranked_purposes as (
    select
        purposes.*,
        copies.other_account,
        case when copies.other_account is null then 1000000 else 0 end + purposes.row_number
            as place_rank
    from purposes
    left join copies
        on
            purposes.disclosure_id = copies.disclosure_id
            and purposes.kind = copies.kind
            and purposes.account_name = copies.account_name
            and purposes.value_text = copies.value_text
),

accounts as (
    select
        disclosure_id,
        kind,
        account_name,
        min_by(other_account, place_rank) as other_account,
        min_by(value_text, place_rank) as value_text,
        min(table_name) as table_name,
        min_by(row_number, place_rank) as row_number,
        min_by(source_ref, place_rank) as source_ref
    from ranked_purposes
    group by disclosure_id, kind, account_name
),

checks as (
    select
        disclosure_id,
        {{ said('two_names', ['kind', 'account_name']) }} as subject,
        other_account is not null as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('value_text') }} as stated_text,
        case
            when other_account is null then {{ said('words_of_its_own') }}
            else {{ said('copied_from', ['other_account']) }}
        end as computed_text,
        {{ place_of('stated') }}
    from accounts
)

{{ judged_statements('checks', computed_text='computed_text') }}
