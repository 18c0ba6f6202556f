-- One row per rule of the family completeness, disclosure and subject checked.
{%- set official_tables = [
    ('DC-01', 'revenue_expenditure_summary'),
    ('DC-02', 'revenue_by_function'),
    ('DC-03', 'expenditure_by_function'),
    ('DC-04', 'fiscal_appropriation_summary'),
    ('DC-05', 'general_public_budget_by_function'),
    ('DC-06', 'basic_expenditure_by_economic'),
    ('DC-07', 'three_public_expenses'),
    ('DC-08', 'government_funds_by_function'),
    ('DC-09', 'state_capital_by_function'),
] %}
-- The tables of a budget; final accounts have tables of their own. The nine tables and the notes
-- are Shanghai's set: elsewhere the same may stand under another name, so that what was not
-- transcribed need not be missing.
with disclosures as (
    select
        disclosures.*,
        organizations.region_code like '31%' as has_known_form
    from {{ ref('dim_disclosures') }} as disclosures
    inner join {{ ref('dim_organizations') }} as organizations
        on disclosures.organization_id = organizations.organization_id
    where disclosures.stage <> 'final_accounts'
),

required_tables as (
    {%- for rule_code, table_name in official_tables %}
        select
            '{{ rule_code }}' as rule_code,
            '{{ table_name }}' as table_name
        {% if not loop.last %}union all{% endif %}
    {%- endfor %}
),

amounts as (
    select
        *,
        concat_ws(' ', table_name, source_ref) as place
    from {{ ref('fct_published_amounts') }}
    where row_role in ('leaf', 'subtotal', 'total')
),

printed_tables as (
    select
        disclosure_id,
        table_name,
        min(place) as place
    from (
        select
            disclosure_id,
            table_name,
            place
        from amounts
        union all
        select
            disclosure_id,
            table_name,
            concat_ws(' ', table_name, source_ref) as place
        from {{ ref('fct_published_tables') }}
    ) as places
    group by all
),

contents as (
    select
        disclosure_id,
        table_name,
        sum(abs(amount_yuan)) as amount_yuan,
        max({{ has_no_value() }}) as has_no_value,
        count(case when level = 'item' and amount_yuan <> 0 then 1 end) as items,
        sum(case measure when 'vehicle_total' then amount_yuan end) as vehicle_yuan,
        count(
            case when measure in ('vehicle_purchase', 'vehicle_operation') then amount_yuan end
        ) as vehicle_parts,
        count(case measure when 'agency_operating_expenses' then 1 end) as agency_columns
    from amounts
    group by all
),

tables_published as (
    select
        required_tables.rule_code,
        disclosures.disclosure_id,
        required_tables.table_name as subject,
        case
            when printed_tables.table_name is null and not disclosures.has_known_form then null
            else printed_tables.table_name is null
        end
        or coalesce(
            required_tables.table_name in (
                'general_public_budget_by_function', 'basic_expenditure_by_economic'
            )
            and contents.amount_yuan > 0
            and contents.items = 0,
            false
        )
        or coalesce(
            required_tables.table_name = 'three_public_expenses'
            and contents.vehicle_yuan > 0
            and contents.vehicle_parts = 0,
            false
        ) as is_broken,
        null as stated_yuan,
        case when printed_tables.table_name is null then 'not printed' else 'printed' end
            as stated_text,
        case
            when required_tables.table_name = 'three_public_expenses'
                then 'the table, with purchase and operation of vehicles'
            when
                required_tables.table_name in (
                    'general_public_budget_by_function', 'basic_expenditure_by_economic'
                )
                then 'the table, down to the last level'
            else 'the table'
        end as computed_text,
        coalesce(printed_tables.place, 'the whole document') as stated_source
    from disclosures
    cross join required_tables
    inner join {{ ref('reconciliation_rules') }} as rules
        on
            required_tables.rule_code = rules.rule_code
            and disclosures.fiscal_year >= cast(rules.from_fiscal_year as integer)
    left join printed_tables
        on
            disclosures.disclosure_id = printed_tables.disclosure_id
            and required_tables.table_name = printed_tables.table_name
    left join contents
        on
            disclosures.disclosure_id = contents.disclosure_id
            and required_tables.table_name = contents.table_name
),

remarks as (
    select
        tables.disclosure_id,
        tables.fiscal_year,
        tables.table_name,
        tables.remark,
        coalesce(contents.amount_yuan, 0) as amount_yuan,
        coalesce(contents.has_no_value, false) as has_no_value,
        concat_ws(' ', tables.table_name, tables.source_ref) as place,
        coalesce(
            {{ matches('tables.remark', '.*(空表|为零|均为0|无|没有|未安排|不涉及|未发生).*') }},
            false
        ) as says_empty
    from {{ ref('fct_published_tables') }} as tables
    left join contents
        on
            tables.disclosure_id = contents.disclosure_id
            and tables.table_name = contents.table_name
),

empty_tables as (
    select
        'DC-10' as rule_code,
        disclosure_id,
        table_name as subject,
        not says_empty as is_broken,
        null as stated_yuan,
        coalesce(remark, 'no note') as stated_text,
        'a note that the table is empty' as computed_text,
        place as stated_source
    from remarks
    where amount_yuan = 0 and not has_no_value
),

-- 空表 is the word of such a note: 无 alone may speak of one line of a table that is filled.
notes_and_tables as (
    select
        'DC-19' as rule_code,
        disclosure_id,
        table_name as subject,
        (amount_yuan > 0 and remark like '%空表%')
        or (
            table_name = 'government_funds_by_function'
            and remark like '%国有资本%'
            and remark not like '%政府性基金%'
        )
        or (
            table_name = 'state_capital_by_function'
            and remark like '%政府性基金%'
            and remark not like '%国有资本%'
        )
        or (
            {{ matches('remark', '.*(19|20)[0-9]{2} ?年.*') }}
            and remark not like '%' || cast(fiscal_year as string) || '%'
        ) as is_broken,
        amount_yuan as stated_yuan,
        remark as stated_text,
        case
            when amount_yuan > 0 then 'no such note under a table with amounts'
            else 'the fund and the year of the table'
        end as computed_text,
        place as stated_source
    from remarks
    where says_empty
),

instructions as (
    select
        'DC-20' as rule_code,
        disclosure_id,
        table_name as subject,
        coalesce(
            {{ matches(
                'remark',
                '.*(手工填|请.{0,12}(填|修改|删除|调整|选择)|(填写|填报|填表)说明|填报时|自行填|自动生成|公式|模板|示例|[xX×]{2,}).*'
            ) }},
            false
        )
        or coalesce({{ matches('title', '.*([xX×]{2,}|示例|模板|样表).*') }}, false) as is_broken,
        null as stated_yuan,
        coalesce(remark, title) as stated_text,
        'no instruction of the template' as computed_text,
        place as stated_source
    from (
        select
            tables.*,
            concat_ws(' ', tables.table_name, tables.source_ref) as place
        from {{ ref('fct_published_tables') }} as tables
    ) as tables
),

-- What the prose says; a document whose prose holds no figure at all was not read, or has none.
prose as (
    select
        disclosure_id,
        count(*) as claims,
        count(case measure when 'agency_operating_expenses' then 1 end) as agency_claims,
        count(case measure when 'procurement_total' then 1 end) as procurement_totals,
        max(case measure when 'procurement_total' then amount_yuan end) as procurement_yuan,
        count(
            case
                when
                    measure in (
                        'procurement_goods', 'procurement_works', 'procurement_services'
                    )
                    then 1
            end
        ) as procurement_parts,
        count(case measure when 'performance_project_amount' then 1 end) as performance_claims,
        min('narrative_claims ' || source_ref) as place
    from {{ ref('fct_narrative_claims') }}
    group by all
),

other_statements as (
    select
        disclosure_id,
        count(case when subject like 'agency_operating_expenses%' then 1 end) as agency_statements,
        count(case when subject like 'procurement%' then 1 end) as procurement_statements,
        count(case when subject like 'performance_project%' then 1 end) as performance_statements
    from {{ ref('fct_statements') }}
    group by all
),

forms as (
    select
        disclosure_id,
        count(*) as forms
    from {{ ref('fct_projects') }}
    group by all
),

project_expenditures as (
    select
        disclosure_id,
        sum(amount_yuan) as project_yuan
    from amounts
    where
        table_name = 'expenditure_by_function' and measure = 'project' and row_role = 'total'
    group by all
),

parts_of_prose as (
    select
        disclosures.disclosure_id,
        disclosures.published_on,
        disclosures.source_url,
        disclosures.fiscal_year,
        disclosures.has_known_form,
        coalesce(prose.claims, 0) as claims,
        coalesce(prose.agency_claims, 0)
        + coalesce(other_statements.agency_statements, 0)
        + coalesce(contents.agency_columns, 0) as agency_statements,
        coalesce(prose.procurement_totals, 0) + coalesce(other_statements.procurement_statements, 0)
            as procurement_statements,
        coalesce(prose.procurement_yuan, 0) as procurement_yuan,
        coalesce(prose.procurement_parts, 0) as procurement_parts,
        coalesce(prose.performance_claims, 0)
        + coalesce(other_statements.performance_statements, 0)
        + coalesce(forms.forms, 0) as performance_statements,
        coalesce(project_expenditures.project_yuan, 0) as project_yuan,
        coalesce(prose.place, 'the whole document') as place
    from disclosures
    left join prose
        on disclosures.disclosure_id = prose.disclosure_id
    left join other_statements
        on disclosures.disclosure_id = other_statements.disclosure_id
    left join forms
        on disclosures.disclosure_id = forms.disclosure_id
    left join contents
        on
            disclosures.disclosure_id = contents.disclosure_id
            and contents.table_name = 'three_public_expenses'
    left join project_expenditures
        on disclosures.disclosure_id = project_expenditures.disclosure_id
),

agency_expenses_stated as (
    select
        'DC-13' as rule_code,
        disclosure_id,
        'agency_operating_expenses' as subject,
        case
            when agency_statements > 0 then false
            when claims > 0 and has_known_form then true
        end as is_broken,
        null as stated_yuan,
        case when agency_statements = 0 then 'not stated' else 'stated' end as stated_text,
        'an amount, or that there is none' as computed_text,
        place as stated_source
    from parts_of_prose
),

procurement_stated as (
    select
        'DC-14' as rule_code,
        disclosure_id,
        'procurement' as subject,
        case
            when procurement_statements > 0
                then procurement_yuan > 0 and procurement_parts = 0
            when claims > 0 and has_known_form then true
        end as is_broken,
        procurement_yuan as stated_yuan,
        case
            when procurement_statements = 0 then 'not stated'
            else cast(procurement_parts as string) || ' parts stated'
        end as stated_text,
        'a total, split into goods, works and services' as computed_text,
        place as stated_source
    from parts_of_prose
),

performance_stated as (
    select
        'DC-16' as rule_code,
        disclosure_id,
        'performance targets' as subject,
        case
            when performance_statements > 0 then false
            when has_known_form then true
        end as is_broken,
        project_yuan as stated_yuan,
        case when performance_statements = 0 then 'not stated' else 'stated' end as stated_text,
        'performance targets of the key projects' as computed_text,
        place as stated_source
    from parts_of_prose
    where project_yuan > 0 and claims > 0
),

-- The day of approval is in no table. Congresses approve between December and June: a budget
-- published outside of that time cannot have kept the twenty days.
publications as (
    select
        'DC-18' as rule_code,
        disclosure_id,
        'publication' as subject,
        case
            when published_on is not null
                then
                    extract(year from published_on) * 100 + extract(month from published_on)
                    not between (fiscal_year - 1) * 100 + 12 and fiscal_year * 100 + 7
        end as is_broken,
        null as stated_yuan,
        concat_ws(' ', cast(published_on as string), source_url) as stated_text,
        'within 20 days of approval' as computed_text,
        'disclosure' as stated_source
    from parts_of_prose
    where disclosure_id in (
        select disclosures.disclosure_id
        from disclosures
        where disclosures.stage = 'initial_budget'
    )
),

statements as (
    {{ united([
        'tables_published',
        'empty_tables',
        'notes_and_tables',
        'instructions',
        'agency_expenses_stated',
        'procurement_stated',
        'performance_stated',
        'publications',
    ]) }}
)

{{ legacy_statements('statements') }}
