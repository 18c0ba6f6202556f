-- One row per disclosure and table: its head carries the fiscal year, the unit and the compiling
-- entity. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with heads as (
    select
        tables.*,
        {{ is_prescribed_in('organizations.region_code') }} as has_prescribed_form,
        coalesce(
            {{ matches('tables.title', '.*((19|20)[0-9]{2}|[一二〇○零三四五六七八九]{4}年).*') }},
            false
        ) as has_year
    from {{ ref('int_located_tables') }} as tables
    inner join {{ ref('dim_organizations') }} as organizations
        on tables.organization_id = organizations.organization_id
),

-- The prescribed form puts all three above each table. Elsewhere a form may leave the year or the
-- entity to the cover, for most of its tables.
documents as (
    select
        disclosure_id,
        max(has_prescribed_form)
        or count(case when has_year then 1 end) > count(case when not has_year then 1 end)
            as shows_year,
        max(has_prescribed_form)
        or count(compiling_entity) > count(case when compiling_entity is null then 1 end)
            as shows_entity
    from heads
    group by disclosure_id
),

checks as (
    select
        heads.disclosure_id,
        {{ said('one_name', ['heads.table_name']) }} as subject,
        heads.unit is null
        or (documents.shows_year and not heads.has_year)
        or (documents.shows_entity and heads.compiling_entity is null) as is_failed,
        null as stated_yuan,
        {{ printed('heads.title') }} as stated_text,
        {{ listed([
            "case when documents.shows_year and not heads.has_year"
            " then 'a fiscal year in the title' end",
            "case when heads.unit is null then 'a unit' end",
            "case when documents.shows_entity and heads.compiling_entity is null"
            " then 'a compiling entity' end",
        ]) }} as computed_text,
        {{ place_of('stated', 'heads') }}
    from heads
    inner join documents
        on heads.disclosure_id = documents.disclosure_id
)

{{ judged_statements('checks', computed_text='computed_text') }}
