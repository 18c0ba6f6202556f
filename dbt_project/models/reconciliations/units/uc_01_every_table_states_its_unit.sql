-- One row per disclosure and table, and one for its forms of projects: the unit is stated, in the
-- prescribed form 万元 for T9 and 元 for all else. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with tables as (
    select
        tables.*,
        case tables.table_name when 'three_public_expenses' then '万元' else '元' end
            as prescribed_unit,
        {{ is_prescribed_in('organizations.region_code') }} as has_prescribed_form
    from {{ ref('int_units_of_tables') }} as tables
    inner join {{ ref('dim_organizations') }} as organizations
        on tables.organization_id = organizations.organization_id
    where
        tables.table_name in (
            {%- for table_name in tables_of_rules() %}
                '{{ table_name }}'{{ ',' if not loop.last }}
            {%- endfor %}
        )
),

-- Without a prescribed form, a document chooses one unit for all its tables but T9.
documents as (
    select
        disclosure_id,
        max(has_prescribed_form) as has_prescribed_form,
        min(case when table_name <> 'three_public_expenses' then unit_name end) as first_unit,
        max(case when table_name <> 'three_public_expenses' then unit_name end) as last_unit
    from tables
    group by disclosure_id
),

forms as (
    select
        disclosure_id,
        table_name,
        min(unit) as unit,
        min(row_number) as row_number,
        {{ first_source_ref() }} as source_ref
    from {{ ref('int_amounts_of_rules') }}
    where table_name = 'projects'
    group by disclosure_id, table_name
),

checks as (
    select
        tables.disclosure_id,
        {{ said('one_name', ['tables.table_name']) }} as subject,
        tables.unit_name is null
        or (documents.has_prescribed_form and tables.unit_name <> tables.prescribed_unit)
        or (
            not documents.has_prescribed_form
            and tables.table_name <> 'three_public_expenses'
            and documents.first_unit <> documents.last_unit
        ) as is_failed,
        null as stated_yuan,
        case
            when tables.unit is null then {{ said('no_unit') }}
            else {{ printed('tables.unit') }}
        end as stated_text,
        {{ printed('tables.prescribed_unit') }} as computed_text,
        {{ place_of('stated', 'tables') }}
    from tables
    inner join documents
        on tables.disclosure_id = documents.disclosure_id
    union all
    select
        forms.disclosure_id,
        case
            when heads.table_name is null then {{ said('one_name', ['forms.table_name']) }}
            else {{ said('forms_of_projects') }}
        end as subject,
        forms.unit <> '元' and documents.has_prescribed_form as is_failed,
        null as stated_yuan,
        {{ printed('forms.unit') }} as stated_text,
        {{ printed("'元'") }} as computed_text,
        {{ place_of('stated', 'forms') }}
    from forms
    inner join documents
        on forms.disclosure_id = documents.disclosure_id
    left join tables as heads
        on
            forms.disclosure_id = heads.disclosure_id
            and forms.table_name = heads.table_name
)

{{ judged_statements('checks', computed_text='computed_text') }}
