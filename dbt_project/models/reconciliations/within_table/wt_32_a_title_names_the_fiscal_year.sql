-- One row per disclosure and table whose title names a year: it is the fiscal year of the document.
-- The document against itself.
with years as (
    select
        *,
        translate(title, '〇○零一二三四五六七八九', '000123456789') as title_in_digits
    from {{ ref('int_located_tables') }}
),

titles as (
    select
        *,
        title_in_digits like '%' || fiscal_year || '%' as names_fiscal_year,
        max(title_in_digits like '%' || fiscal_year || '%') over (partition by disclosure_id)
            as is_named_elsewhere
    from years
    where {{ matches('title_in_digits', '(.*[^0-9])?20[0-9]{2}([^0-9].*)?') }}
),

-- Where no title names the year that the cover is read as, nobody can say which of them is wrong.
checks as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        case when is_named_elsewhere then not names_fiscal_year end as is_failed,
        null as stated_yuan,
        {{ printed('title') }} as stated_text,
        {{ said('fiscal_year', ['fiscal_year']) }} as computed_text,
        {{ place_of('stated') }}
    from titles
)

{{ judged_statements('checks', computed_text='computed_text') }}
