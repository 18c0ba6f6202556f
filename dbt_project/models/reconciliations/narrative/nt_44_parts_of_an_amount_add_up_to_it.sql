-- One row per disclosure and amount that a sentence divides: its parts come to it, or to at most it
-- where the sentence does not say that they are all. The document against itself.
with amounts as (
    {{ divided_amounts() }}
),

divisions as (
    select
        disclosure_id,
        sentence_number,
        max(case when not is_part then amount_yuan end) as whole_yuan,
        sum(case when is_part then amount_yuan end) as parts_yuan,
        count(case when is_part then 1 end) as part_count,
        sum(half_unit) as tolerance_yuan,
        count(*) - count(amount_yuan) as unread_count,
        count(
            case when is_part and {{ matches('note', '.*(基本支出|人员经费|人员支出).*') }} then 1 end
        ) > 0
        and count(case when is_part and note like '%项目支出%' then 1 end) > 0 as is_of_kinds,
        max(case when not is_part then note end) as sentence,
        min(table_name) as table_name,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from amounts
    where sentence_number is not null
    group by disclosure_id, sentence_number
),

-- Without one of them the parts come to the whole: it is no part, or the sum of others.
sums_among_parts as (
    select distinct
        divisions.disclosure_id,
        divisions.sentence_number
    from divisions
    inner join amounts
        on
            divisions.disclosure_id = amounts.disclosure_id
            and divisions.sentence_number = amounts.sentence_number
    where
        amounts.is_part
        and amounts.amount_yuan > divisions.tolerance_yuan
        and abs(divisions.parts_yuan - amounts.amount_yuan - divisions.whole_yuan)
        <= divisions.tolerance_yuan
),

checks as (
    select
        divisions.*,
        {{ said('statement', ["'divided_amount'", 'divisions.sentence_number']) }} as subject,
        divisions.whole_yuan as stated_yuan,
        case
            when sums_among_parts.disclosure_id is null and divisions.unread_count = 0
                then divisions.parts_yuan
        end as computed_yuan,
        {{ printed('divisions.sentence') }} as stated_text,
        -- 主要 and 等 leave parts out, and so does a list that goes on in other words.
        divisions.part_count > 1
        and not {{ matches('divisions.sentence', '.*(主要|等|左右|以上).*') }}
        and {{ matches('divisions.sentence', '.*([。；;)）]|[+].*)') }}
        and (
            divisions.is_of_kinds
            or {{ matches('divisions.sentence', '.*(总计|合计|共计|总额|总预算|[+]).*') }}
        ) as is_whole,
        {{ place_of('stated', 'divisions') }},
        {{ no_place('computed') }}
    from divisions
    left join sums_among_parts
        on
            divisions.disclosure_id = sums_among_parts.disclosure_id
            and divisions.sentence_number = sums_among_parts.sentence_number
    where divisions.part_count > 0
)

{{ judged_amounts('checks', within_tolerance='hint', is_equality='is_whole') }}
