-- One row per disclosure and table or form of a project: the compiling entity is the same in all of
-- them. 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
with compiling_entities as (
    select
        disclosure_id,
        {{ said('one_name', ['table_name']) }} as subject,
        {{ comparable_name('compiling_entity') }} as entity,
        compiling_entity as printed_entity,
        cast(null as string) as other_entity,
        table_name,
        row_number,
        source_ref
    from {{ ref('int_located_tables') }}
    -- A single character is what a narrow cell left of another word.
    where length(compiling_entity) > 1
    union all
    -- A form names the department in charge and the unit that carries the project out.
    select
        forms.disclosure_id,
        {{ said('form_of_table', ['forms.table_name', 'forms.project_number']) }} as subject,
        {{ comparable_name('forms.implementing_organization_name') }} as entity,
        forms.implementing_organization_name as printed_entity,
        {{ comparable_name('forms.supervising_organization_name') }} as other_entity,
        forms.table_name,
        forms.row_number,
        forms.source_ref
    from {{ ref('int_project_forms') }} as forms
    inner join {{ ref('dim_disclosures') }} as disclosures
        on
            forms.disclosure_id = disclosures.disclosure_id
            -- A department's projects are carried out by its units.
            and disclosures.scope = 'unit'
    where forms.implementing_organization_name is not null
),

first_entities as (
    select
        disclosure_id,
        min_by(entity, table_name) as entity
    from compiling_entities
    where other_entity is null
    group by disclosure_id
),

checks as (
    select
        entities.disclosure_id,
        entities.subject,
        case
            -- The narrow cell of a head may cut the name.
            when
                entities.entity <> first_entities.entity
                and substr(first_entities.entity, 1, length(entities.entity)) = entities.entity
                then null
            else
                entities.entity <> first_entities.entity
                and coalesce(entities.other_entity <> first_entities.entity, true)
        end as is_failed,
        null as stated_yuan,
        {{ printed('entities.printed_entity') }} as stated_text,
        {{ printed('first_entities.entity') }} as computed_text,
        {{ place_of('stated', 'entities') }}
    from compiling_entities as entities
    inner join first_entities
        on entities.disclosure_id = first_entities.disclosure_id
)

{{ judged_statements('checks', computed_text='computed_text') }}
