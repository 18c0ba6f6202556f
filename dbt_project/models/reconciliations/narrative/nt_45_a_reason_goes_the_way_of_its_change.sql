-- One row per disclosure and reason that the prose gives for a change: it does not speak of the
-- other direction, or of a change where there is none. The document against itself.
with reasons as (
    select
        *,
        replace(subject, 'reason_of_', '') as direction
    from {{ ref('int_narrative_statements') }}
    where subject in ('reason_of_increase', 'reason_of_decrease', 'reason_of_no_change')
),

-- A phrase of another direction decides; any word of the own direction clears the reason, unless
-- the words that lead up to it (减少的主要原因是) name the other direction.
phrases as (
    select
        reasons.disclosure_id,
        reasons.statement_number,
        max(
            case
                when
                    ' ' || reason_phrases.contradicts || ' '
                    like '% ' || reasons.direction || ' %'
                    and reasons.value_text like '%' || reason_phrases.phrase || '%'
                    then reason_phrases.phrase
            end
        ) as contrary_phrase,
        max(
            case
                when
                    ' ' || reason_phrases.contradicts || ' '
                    like '% ' || reasons.direction || ' %'
                    and (
                        reasons.note like '%' || reason_phrases.phrase
                        or reasons.note like '%' || reason_phrases.phrase || '_'
                    )
                    then reason_phrases.phrase
            end
        ) as contrary_lead,
        max(
            case
                when
                    reason_phrases.direction in (reasons.direction, 'either')
                    and reasons.value_text like '%' || reason_phrases.phrase || '%'
                    then reason_phrases.phrase
            end
        ) as own_phrase
    from reasons
    cross join {{ ref('reason_phrases') }} as reason_phrases
    group by reasons.disclosure_id, reasons.statement_number
),

checks as (
    select
        reasons.disclosure_id,
        {{ said('statement', ['reasons.subject', 'reasons.statement_number']) }} as subject,
        phrases.contrary_lead is not null
        or (phrases.contrary_phrase is not null and phrases.own_phrase is null) as is_failed,
        cast(null as decimal(18, 2)) as stated_yuan,
        {{ printed('reasons.note || reasons.value_text') }} as stated_text,
        {{ said('reason_of_its_direction') }} as computed_text,
        {{ place_of('stated', 'reasons') }}
    from reasons
    inner join phrases
        on
            reasons.disclosure_id = phrases.disclosure_id
            and reasons.statement_number = phrases.statement_number
    -- A reason that no phrase of the list stands in tells of neither direction.
    where
        phrases.contrary_lead is not null
        or phrases.contrary_phrase is not null
        or phrases.own_phrase is not null
)

{{ judged_statements('checks', computed_text='computed_text') }}
