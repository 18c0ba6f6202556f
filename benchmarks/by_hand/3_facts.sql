-- One row per table that a document prints.
create view working.stg_tables as
select
    disclosure_id,
    text_or_null(table_name) as table_name,
    text_or_null(title) as title,
    text_or_null(compiling_entity) as compiling_entity,
    text_or_null(remark) as remark,
    text_or_null(unit) as unit,
    text_or_null(note) as note,
    text_or_null(source_ref) as source_ref
from landing.tables
where true;

-- One row per project form (财政项目支出绩效目标填报表).
create view working.stg_projects as
select
    disclosure_id,
    whole_number(row_number) as row_number,
    whole_number(fiscal_year) as fiscal_year,
    text_or_null(project_name) as project_name,
    text_or_null(project_kind) as project_kind,
    text_or_null(supervising_organization_name) as supervising_organization_name,
    text_or_null(implementing_organization_name) as implementing_organization_name,
    printed_date(starts_on) as starts_on,
    printed_date(ends_on) as ends_on,

    amount(total) as total,
    total as total_text,
    amount(fiscal_funds) as fiscal_funds,
    fiscal_funds as fiscal_funds_text,
    amount(other_funds) as other_funds,
    other_funds as other_funds_text,
    amount(annual_total) as annual_total,
    annual_total as annual_total_text,
    amount(annual_fiscal) as annual_fiscal,
    annual_fiscal as annual_fiscal_text,
    amount(annual_carryover) as annual_carryover,
    annual_carryover as annual_carryover_text,
    amount(annual_other) as annual_other,
    annual_other as annual_other_text,
    text_or_null(unit) as unit,
    text_or_null(note) as note,
    text_or_null(source_ref) as source_ref
from landing.projects
where true;

-- One row per third-level indicator of a project form.
create view working.stg_performance_targets as
select
    disclosure_id,
    whole_number(row_number) as row_number,
    text_or_null(project_name) as project_name,
    text_or_null(indicator_level_1) as indicator_level_1,
    text_or_null(indicator_level_2) as indicator_level_2,
    text_or_null(indicator_name) as indicator_name,
    text_or_null(target) as target_text,
    text_or_null(unit) as unit,
    text_or_null(note) as note,
    text_or_null(source_ref) as source_ref
from landing.performance_targets
where true;

-- One row per statement in the prose.
create view working.stg_statements as
select
    disclosure_id,
    whole_number(row_number) as row_number,
    text_or_null(subject) as subject,
    text_or_null(value) as value_text,
    text_or_null(unit) as unit,
    text_or_null(note) as note,
    text_or_null(source_ref) as source_ref
from landing.statements
where true;

-- One row per figure stated in the prose.
create view working.stg_narrative_claims as
select
    disclosure_id,
    whole_number(row_number) as row_number,
    text_or_null(ordinal) as ordinal,
    text_or_null(measure) as measure,
    text_or_null(name) as account_name,
    whole_number(base_year) as base_year,
    text_or_null(base_stage) as base_stage,
    text_or_null(direction) as direction_text,

    amount(amount) as amount,
    amount as amount_text,
    amount(base_amount) as base_amount,
    base_amount as base_amount_text,
    amount(change) as change,
    change as change_text,
    cast(nullif(translate(printed_digits(change_percent), '%％', ''), '') as decimal(18, 6))
        as change_percent,
    change_percent as change_percent_text,
    text_or_null(unit) as unit,
    text_or_null(note) as note,
    text_or_null(source_ref) as source_ref
from landing.narrative_claims
where true;

-- One row per fiscal year, classification, account code and name as printed.
create table working.stg_account_names as
-- Equal rows are counted as text first: reading the codes of every printed row would cost far more.
with printed_rows as (
        select
            disclosure.fiscal_year,
            'function' as classification,
            printed.class_code,
            printed.section_code
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.revenue_by_function as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all
        union all
        select
            disclosure.fiscal_year,
            'function' as classification,
            printed.class_code,
            printed.section_code
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.expenditure_by_function as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all
        union all
        select
            disclosure.fiscal_year,
            'function' as classification,
            printed.class_code,
            printed.section_code
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.general_public_budget_by_function as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all
        union all
        select
            disclosure.fiscal_year,
            'function' as classification,
            printed.class_code,
            printed.section_code
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.government_funds_by_function as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all
        union all
        select
            disclosure.fiscal_year,
            'function' as classification,
            printed.class_code,
            printed.section_code
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.state_capital_by_function as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all
        union all
        select
            disclosure.fiscal_year,
            'economic' as classification,
            printed.class_code,
            cast(null as text)
                as section_code,
            printed.item_code,
            printed.name,
            count(*) as row_count
        from landing.basic_expenditure_by_economic as printed
        inner join landing.disclosure as disclosure
            on printed.disclosure_id = disclosure.disclosure_id
        group by all

),

read_rows as (
    select
        whole_number(fiscal_year) as fiscal_year,
        classification,
        code(class_code) as class_code,
        code(section_code) as section_code,
        code(item_code) as item_code,
        text_or_null(name) as account_name,
        row_count
    from printed_rows
)

select
    fiscal_year,
    classification,
    account_code(class_code, section_code, item_code) as account_code,
    account_name,
    cast(sum(row_count) as bigint) as row_count
from read_rows
where account_code(class_code, section_code, item_code) is not null
group by all;

-- One row per disclosure, every revision.
create table marts.dim_disclosures as
select
    disclosure_id,
    organization_id,
    fiscal_year,
    stage,
    scope,
    revision,
    is_current,
    is_counted,
    is_stale,
    department_id,
    department_disclosure_id,
    organization_type,
    published_on,
    published_on as current_from,
    lead(published_on) over (
        partition by organization_id, fiscal_year, stage, scope
        order by revision
    ) as current_until,
    source_document,
    source_url,
    source_sha256,
    content_sha256
from working.disclosures
where is_affected;

-- One row per organization that publishes, or that supervises one that does.
create table marts.dim_organizations as
with organizations as (
    select
        organization_id,
        organization_name,
        organization_type,
        parent_organization_id,
        region_code,
        fiscal_year,
        revision,
        disclosure_id
    from working.disclosures
    union all
    -- A supervising organization that publishes nothing here is known by its name alone.
    select
        parent_organization_id as organization_id,
        supervising_organization_name as organization_name,
        null as organization_type,
        null as parent_organization_id,
        region_code,
        0 as fiscal_year,
        0 as revision,
        disclosure_id
    from working.disclosures
    where parent_organization_id is not null
),

latest_first as (
    select
        *,
        row_number() over (
            partition by organization_id
            order by
                fiscal_year desc, revision desc, organization_type asc nulls last, disclosure_id asc
        ) as recency
    from organizations
)

select
    latest_first.organization_id,
    latest_first.organization_name,
    latest_first.organization_type,
    latest_first.parent_organization_id,
    latest_first.region_code,
    regions.region_name
from latest_first
left join reference.regions as regions
    on latest_first.region_code = regions.region_code
where latest_first.recency = 1;

-- One row per reconciliation rule (勾稽关系).
create table marts.dim_reconciliation_rules as
select
    rule_code,
    family,
    severity,
    statement,
    statement_zh,
    tolerance,
    basis,
    from_fiscal_year
from reference.reconciliation_rules;

-- One row per fiscal year, classification and account code, with the name it has in that year.
create table working.int_accounts as
with fiscal_years as (
    select fiscal_year
    from working.disclosures
    group by all
),

catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        evidence,
        document_count,
        years_seen
    from reference.functions
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        evidence,
        document_count,
        years_seen
    from reference.economic_items
),

-- Where documents of a year differ, the name printed most often.
published_names as (
    select
        *,
        row_number() over (
            partition by fiscal_year, classification, account_code
            order by row_count desc, account_name asc
        ) as place
    from working.stg_account_names
    where account_name is not null
),

printed_codes as (
    select
        classification,
        account_code,
        min(account_name) as account_name
    from published_names
    group by all
),

-- Every code has a row in every year: a line that is discontinued is known by last year's code.
used_codes as (
    select
        classification,
        account_code
    from catalogue
    union
    select
        classification,
        account_code
    from working.stg_account_names
    union
    select
        classification,
        to_code as account_code
    from reference.classification_changes
),

-- A document that prints no class or section still has them in its codes.
codes_of_every_level as (
        select
            classification,
            substr(account_code, 1, 3) as account_code
        from used_codes
        union
        select
            classification,
            substr(account_code, 1, 5) as account_code
        from used_codes
        union
    select
        classification,
        account_code
    from used_codes
),

codes as (
    select
        fiscal_years.fiscal_year,
        codes_of_every_level.classification,
        codes_of_every_level.account_code,
        catalogue.account_name
    from fiscal_years
    cross join codes_of_every_level
    left join catalogue
        on
            codes_of_every_level.classification = catalogue.classification
            and codes_of_every_level.account_code = catalogue.account_code
),

-- An account that takes in another one keeps its name and code.
changes as (
    select
        fiscal_years.fiscal_year,
        changes.*,
        case when changes.kind <> 'merge' then changes.to_code end as changed_code,
        changes.effective_fiscal_year > fiscal_years.fiscal_year as is_later
    from fiscal_years
    cross join reference.classification_changes as changes
),

-- What happened to a code and when: its name of before, the last and the next change, the year that
-- gave it up without a new meaning, the later year that brought it about.
dated_codes as (
    select
        codes.fiscal_year,
        codes.classification,
        codes.account_code,
        min_by(
            changes.from_name,
            case
                when changes.from_code = codes.account_code and changes.is_later
                    then changes.effective_fiscal_year
            end
        ) as former_name,
        max(case when not changes.is_later then changes.effective_fiscal_year end) as last_change,
        min(case when changes.is_later then changes.effective_fiscal_year end) as next_change,
        max(
            case
                when
                    not changes.is_later
                    and changes.from_code = codes.account_code
                    and changes.to_code <> codes.account_code
                    and changes.from_name = codes.account_name
                    then changes.effective_fiscal_year
            end
        ) as given_up_in,
        min(
            case
                when
                    changes.is_later
                    and changes.to_code = codes.account_code
                    and coalesce(changes.from_code, '') <> codes.account_code
                    then changes.effective_fiscal_year
            end
        ) as brought_about_in
    from codes
    left join changes
        on
            codes.classification = changes.classification
            and codes.fiscal_year = changes.fiscal_year
            and codes.account_code in (changes.from_code, changes.changed_code)
    group by all
)

select
    dated_codes.fiscal_year,
    dated_codes.classification,
    dated_codes.account_code,
    coalesce(
        dated_codes.former_name,
        catalogue.account_name,
        published_names.account_name,
        printed_codes.account_name,
        dated_codes.account_code
    ) as account_name,
    published_names.account_name as published_name,
    case
        when dated_codes.brought_about_in is not null then dated_codes.brought_about_in
        when dated_codes.given_up_in is null then dated_codes.last_change
    end as valid_from,
    case
        when dated_codes.given_up_in is not null then dated_codes.given_up_in - 1
        when dated_codes.brought_about_in is null then dated_codes.next_change - 1
    end as valid_to,
    coalesce(dated_codes.brought_about_in, dated_codes.given_up_in) is null as is_valid,
    catalogue.evidence,
    coalesce(catalogue.evidence = 'several_documents', false) as is_catalogued,
    cast(coalesce(catalogue.document_count, 0) as integer) as document_count,
    catalogue.years_seen
from dated_codes
left join catalogue
    on
        dated_codes.classification = catalogue.classification
        and dated_codes.account_code = catalogue.account_code
left join published_names
    on
        dated_codes.fiscal_year = published_names.fiscal_year
        and dated_codes.classification = published_names.classification
        and dated_codes.account_code = published_names.account_code
        and published_names.place = 1
left join printed_codes
    on
        dated_codes.classification = printed_codes.classification
        and dated_codes.account_code = printed_codes.account_code;

-- One row per classification, account code and name other than the catalogue's.
create table marts.dim_account_aliases as
with catalogue as (
    select
        'function' as classification,
        function_code as account_code,
        function_name as account_name,
        other_names
    from reference.functions
    union all
    select
        'economic' as classification,
        economic_code as account_code,
        economic_name as account_name,
        other_names
    from reference.economic_items
),

aliases as (
    select
        classification,
        from_code as account_code,
        from_name as alias,
        effective_fiscal_year - 1 as valid_to,
        cast(null as integer) as printed_fiscal_year,
        evidence
    from reference.classification_changes
    where from_code is not null
        union all
        select
            classification,
            account_code,
            nullif(split_part(other_names, '|', 1), '') as alias,
            cast(null as integer) as valid_to,
            cast(null as integer) as printed_fiscal_year,
            'Seen in at least two documents' as evidence
        from catalogue
        union all
        select
            classification,
            account_code,
            nullif(split_part(other_names, '|', 2), '') as alias,
            cast(null as integer) as valid_to,
            cast(null as integer) as printed_fiscal_year,
            'Seen in at least two documents' as evidence
        from catalogue
        union all
        select
            classification,
            account_code,
            nullif(split_part(other_names, '|', 3), '') as alias,
            cast(null as integer) as valid_to,
            cast(null as integer) as printed_fiscal_year,
            'Seen in at least two documents' as evidence
        from catalogue
    union all
    select
        classification,
        account_code,
        account_name as alias,
        cast(null as integer) as valid_to,
        fiscal_year as printed_fiscal_year,
        cast(null as text) as evidence
    from working.stg_account_names
)

select
    aliases.classification,
    aliases.account_code,
    aliases.alias,
    coalesce(
        comparable_name(aliases.alias) = comparable_name(catalogue.account_name),
        false
    ) as is_typing_variant,
    max(aliases.valid_to) as valid_to,
    min(aliases.printed_fiscal_year) as first_printed_fiscal_year,
    max(aliases.printed_fiscal_year) as last_printed_fiscal_year,
    -- What a change rests on says more than that the name was seen.
    coalesce(
        max(case when aliases.valid_to is not null then aliases.evidence end),
        max(aliases.evidence),
        'Printed in a disclosure of this warehouse'
    ) as evidence
from aliases
left join catalogue
    on
        aliases.classification = catalogue.classification
        and aliases.account_code = catalogue.account_code
where
    aliases.alias is not null
    and (catalogue.account_name is null or aliases.alias <> catalogue.account_name)
group by all;

-- One row per fiscal year and functional code (类/款/项).
create table marts.dim_functions as
with accounts as (
    select
        *,
        substr(account_code, 1, 3) as class_code,
        case when length(account_code) >= 5 then substr(account_code, 1, 5) end as section_code
    from working.int_accounts
    where classification = 'function'
),

aliases as (
    select
        account_code,
        string_agg(distinct alias, '|' order by alias) as aliases
    from marts.dim_account_aliases
    where classification = 'function'
    group by all
)

select
    accounts.fiscal_year,
    accounts.account_code as function_code,
    accounts.account_name as function_name,
    case length(accounts.account_code) when 3 then 'class' when 5 then 'section' else 'item' end
        as level,
    case length(accounts.account_code)
        when 3 then null
        when 5 then accounts.class_code
        else accounts.section_code
    end as parent_code,
    accounts.class_code,
    classes.account_name as class_name,
    accounts.section_code,
    sections.account_name as section_name,
    case when length(accounts.account_code) = 7 then accounts.account_code end as item_code,
    case when length(accounts.account_code) = 7 then accounts.account_name end as item_name,
    accounts.published_name,
    aliases.aliases,
    accounts.valid_from,
    accounts.valid_to,
    accounts.is_valid,
    accounts.is_catalogued,
    accounts.evidence,
    accounts.document_count,
    accounts.years_seen
from accounts
inner join accounts as classes
    on
        accounts.fiscal_year = classes.fiscal_year
        and accounts.class_code = classes.account_code
left join accounts as sections
    on
        accounts.fiscal_year = sections.fiscal_year
        and accounts.section_code = sections.account_code
left join aliases
    on accounts.account_code = aliases.account_code;

-- One row per fiscal year and economic code (类/款).
create table marts.dim_economic_items as
with accounts as (
    select
        *,
        substr(account_code, 1, 3) as class_code
    from working.int_accounts
    where classification = 'economic'
),

aliases as (
    select
        account_code,
        string_agg(distinct alias, '|' order by alias) as aliases
    from marts.dim_account_aliases
    where classification = 'economic'
    group by all
)

select
    accounts.fiscal_year,
    accounts.account_code as economic_code,
    accounts.account_name as economic_name,
    case length(accounts.account_code) when 3 then 'class' else 'item' end as level,
    case when length(accounts.account_code) > 3 then accounts.class_code end as parent_code,
    accounts.class_code,
    classes.account_name as class_name,
    accounts.published_name,
    aliases.aliases,
    accounts.valid_from,
    accounts.valid_to,
    accounts.is_valid,
    accounts.is_catalogued,
    accounts.evidence,
    accounts.document_count,
    accounts.years_seen
from accounts
inner join accounts as classes
    on
        accounts.fiscal_year = classes.fiscal_year
        and accounts.class_code = classes.account_code
left join aliases
    on accounts.account_code = aliases.account_code;

-- One row per value that could not be read.
create table marts.fct_rejected_rows as
select
    source_file,
    line_number,
    column_name,
    value,
    reason,
    disclosure_id
from landing.rejected_rows;

-- One row per disclosure and table that it prints.
create table marts.fct_published_tables as
select
    tables.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    tables.table_name,
    tables.title,
    tables.compiling_entity,
    tables.unit,
    tables.remark,
    tables.source_ref,
    disclosures.is_counted
from working.stg_tables as tables
inner join working.disclosures as disclosures
    on tables.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure and project.
create table marts.fct_projects as
select
    projects.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    projects.row_number as project_number,
    projects.project_name,
    case projects.project_kind
        when '经常性项目' then 'recurrent'
        when '一次性项目' then 'one_off'
    end as project_kind,
    projects.project_kind as project_kind_text,
    projects.fiscal_year as form_fiscal_year,
    projects.supervising_organization_name,
    projects.implementing_organization_name,
    projects.starts_on,
    projects.ends_on,
    in_yuan(projects.total, projects.unit) as total_yuan,
    in_yuan(projects.fiscal_funds, projects.unit) as total_fiscal_yuan,
    in_yuan(projects.other_funds, projects.unit) as total_other_yuan,
    in_yuan(projects.annual_total, projects.unit) as annual_yuan,
    in_yuan(projects.annual_fiscal, projects.unit) as fiscal_yuan,
    in_yuan(projects.annual_carryover, projects.unit) as carryover_yuan,
    in_yuan(projects.annual_other, projects.unit) as other_yuan,
    projects.source_ref,
    disclosures.is_counted
from working.stg_projects as projects
inner join working.disclosures as disclosures
    on projects.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure, project and third-level indicator.
create table marts.fct_performance_targets as
with targets as (
    select
        *,
        replace(target_text, ' ', '') as target,
        -- A merged cell is written once, where it starts: the levels hold until the next one.
        max(case when indicator_level_1 is not null then row_number end) over (
            partition by disclosure_id, project_name
            order by row_number
            rows between unbounded preceding and current row
        ) as level_1_row,
        max(case when indicator_level_2 is not null then row_number end) over (
            partition by disclosure_id, project_name
            order by row_number
            rows between unbounded preceding and current row
        ) as level_2_row
    from working.stg_performance_targets
),

targets_with_levels as (
    select
        targets.*,
        level_1.indicator_level_1 as filled_level_1,
        level_2.indicator_level_2 as filled_level_2
    from targets
    left join targets as level_1
        on
            targets.disclosure_id = level_1.disclosure_id
            and targets.level_1_row = level_1.row_number
    left join targets as level_2
        on
            targets.disclosure_id = level_2.disclosure_id
            and targets.level_2_row = level_2.row_number
)

select
    targets.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    targets.row_number as indicator_number,
    targets.project_name,
    targets.filled_level_1 as indicator_level_1,
    targets.filled_level_2 as indicator_level_2,
    targets.indicator_name,
    case regexp_extract(targets.target, '^(>=|<=|≥|≤|>|<|=)?([0-9]+([.][0-9]+)?)([^0-9~～-]*)$', 1)
        when '' then null
        when '≥' then '>='
        when '≤' then '<='
        else regexp_extract(targets.target, '^(>=|<=|≥|≤|>|<|=)?([0-9]+([.][0-9]+)?)([^0-9~～-]*)$', 1)
    end as comparator,
    cast(nullif(regexp_extract(targets.target, '^(>=|<=|≥|≤|>|<|=)?([0-9]+([.][0-9]+)?)([^0-9~～-]*)$', 2), '') as decimal(24, 6))
        as target_value,
    nullif(regexp_extract(targets.target, '^(>=|<=|≥|≤|>|<|=)?([0-9]+([.][0-9]+)?)([^0-9~～-]*)$', 4), '') as target_unit,
    targets.target_text,
    targets.source_ref,
    disclosures.is_counted
from targets_with_levels as targets
inner join working.disclosures as disclosures
    on targets.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure and statement in the prose that is not a figure of money.
create table marts.fct_statements as
select
    statements.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    statements.row_number as statement_number,
    statements.subject,
    statements.value_text,
    case
        when statements.value_text in ('零', '无') then cast(0 as decimal(18, 2))
        -- Only these characters can come to digits and a point: most texts need no translation.
        when
            regexp_full_match(statements.value_text, '[0-9０-９.．,， 　]+')
            and regexp_full_match(printed_digits(statements.value_text), '[0-9]+([.][0-9]+)?')
            then cast(amount(statements.value_text) as decimal(18, 2))
    end as numeric_value,
    statements.unit,
    statements.note,
    statements.source_ref,
    disclosures.is_counted
from working.stg_statements as statements
inner join working.disclosures as disclosures
    on statements.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure and statement of a figure in the prose.
create table marts.fct_narrative_claims as
select
    claims.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    claims.row_number as claim_number,
    claims.ordinal,
    claims.measure,
    claims.account_name,
    in_yuan(claims.amount, claims.unit) as amount_yuan,
    claims.base_year,
    claims.base_stage,
    in_yuan(claims.base_amount, claims.unit) as base_amount_yuan,
    case
        when claims.direction_text in ('增加', '增长', '上升', '提高', '增') then 'increase'
        when claims.direction_text in ('减少', '下降', '降低', '减') then 'decrease'
        when claims.direction_text in ('持平', '一致', '相同', '不变') then 'unchanged'
    end as direction,
    in_yuan(claims.change, claims.unit) as change_yuan,
    cast(claims.change_percent * 0.01 as decimal(18, 6)) as change_ratio,
    half_unit(claims.amount_text, claims.unit) as half_unit,
    claims.amount_text,
    claims.base_amount_text,
    claims.direction_text,
    claims.change_text,
    claims.change_percent_text,
    claims.unit,
    claims.source_ref,
    disclosures.is_counted
from working.stg_narrative_claims as claims
inner join working.disclosures as disclosures
    on claims.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure, functional item and source of revenue.
create table marts.fct_revenues as
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.account_code as function_code,
    amounts.measure as source,
    cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted
from marts.fct_published_amounts as amounts
inner join working.disclosures as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where
    amounts.table_name = 'revenue_by_function'
    and amounts.measure <> 'total'
    and amounts.row_role = 'leaf'
    and amounts.account_code is not null
group by all
having sum(amounts.amount_yuan) <> 0;

-- One row per disclosure, economic item and component.
create table marts.fct_basic_expenditures as
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.account_code as economic_code,
    amounts.measure as component,
    cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted
from marts.fct_published_amounts as amounts
inner join working.disclosures as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where
    amounts.table_name = 'basic_expenditure_by_economic'
    and amounts.measure <> 'total'
    and amounts.row_role = 'leaf'
    and amounts.account_code is not null
group by all
having sum(amounts.amount_yuan) <> 0;

-- One row per disclosure and expense.
create table marts.fct_three_public_expenses as
select
    amounts.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    amounts.measure as expense,
    cast(sum(amounts.amount_yuan) as decimal(18, 2)) as amount_yuan,
    disclosures.is_counted
from marts.fct_published_amounts as amounts
inner join working.disclosures as disclosures
    on amounts.disclosure_id = disclosures.disclosure_id
where
    amounts.table_name = 'three_public_expenses'
    and amounts.row_role = 'leaf'
    and amounts.amount_yuan is not null
group by all;

-- One row per disclosure, fund, functional item and nature.
create table marts.fct_expenditures as
with leaves as (
    select
        disclosure_id,
        case table_name
            when 'expenditure_by_function' then 'all_funds'
            when 'general_public_budget_by_function' then 'general_public_budget'
            when 'government_funds_by_function' then 'government_funds'
            when 'state_capital_by_function' then 'state_capital'
        end as fund,
        account_code as function_code,
        measure as nature,
        sum(amount_yuan) as amount_yuan,
        min(source_ref) as source_ref
    from marts.fct_published_amounts
    where
        table_name in (
            'expenditure_by_function',
            'general_public_budget_by_function',
            'government_funds_by_function',
            'state_capital_by_function'
        )
        and measure in ('basic', 'project')
        and row_role = 'leaf'
        and account_code is not null
    group by all
),

disclosures_with_expenditure_by_function as (
    select disclosure_id
    from leaves
    where fund = 'all_funds'
    group by all
),

-- T3 covers every fund; what it has beyond T5, T6 and T7 comes from the organization's own revenue.
own_funds as (
    select
        leaves.disclosure_id,
        'own_funds' as fund,
        leaves.function_code,
        leaves.nature,
        sum(case leaves.fund when 'all_funds' then leaves.amount_yuan else -leaves.amount_yuan end)
            as amount_yuan,
        min(case leaves.fund when 'all_funds' then leaves.source_ref end) as source_ref
    from leaves
    inner join disclosures_with_expenditure_by_function
        on leaves.disclosure_id = disclosures_with_expenditure_by_function.disclosure_id
    group by all
),

expenditures as (
    select * from leaves
    where fund <> 'all_funds'
    union all
    select * from own_funds
)

select
    expenditures.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    expenditures.fund,
    expenditures.function_code,
    expenditures.nature,
    cast(expenditures.amount_yuan as decimal(18, 2)) as amount_yuan,
    expenditures.source_ref,
    disclosures.is_counted
from expenditures
inner join working.disclosures as disclosures
    on expenditures.disclosure_id = disclosures.disclosure_id
where expenditures.amount_yuan <> 0;

-- One row per disclosure, node of the functional tree (total, class, section, item) and nature.
create table working.int_expenditure_nodes as
with leaves as (
    select
        disclosure_id,
        function_code,
        nature,
        sum(amount_yuan) as amount_yuan
    from marts.fct_expenditures
    group by all
)

select
    disclosure_id,
    'total' as function_code,
    'total' as level,
    nature,
    cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
from leaves
group by all
    union all
    select
        disclosure_id,
        substr(function_code, 1, 3) as function_code,
        'class' as level,
        nature,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from leaves
    where length(function_code) >= 3
    group by all
    union all
    select
        disclosure_id,
        substr(function_code, 1, 5) as function_code,
        'section' as level,
        nature,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from leaves
    where length(function_code) >= 5
    group by all
    union all
    select
        disclosure_id,
        substr(function_code, 1, 7) as function_code,
        'item' as level,
        nature,
        cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan
    from leaves
    where length(function_code) >= 7
    group by all;

-- One row per disclosure and node of the functional tree, the total included.
create table marts.fct_budget_splits as
with splits as (
    select
        disclosure_id,
        function_code,
        level,
        cast(sum(case nature when 'basic' then amount_yuan else 0 end) as decimal(18, 2))
            as basic_yuan,
        cast(sum(case nature when 'project' then amount_yuan else 0 end) as decimal(18, 2))
            as project_yuan,
        cast(sum(amount_yuan) as decimal(18, 2)) as total_yuan
    from working.int_expenditure_nodes
    group by all
)

select
    splits.disclosure_id,
    disclosures.organization_id,
    disclosures.fiscal_year,
    disclosures.stage,
    splits.function_code,
    splits.level,
    splits.basic_yuan,
    splits.project_yuan,
    splits.total_yuan,
    ratio(splits.basic_yuan, splits.total_yuan) as basic_ratio,
    disclosures.is_counted
from splits
inner join working.disclosures as disclosures
    on splits.disclosure_id = disclosures.disclosure_id;

-- One row per disclosure and reading of what its prose says of last year's total expenditure.
create table marts.fct_stated_bases as
with totals as (
    select
        disclosure_id,
        total_yuan
    from marts.fct_budget_splits
    where function_code = 'total'
),

claims as (
    select
        claims.*,
        coalesce(
            claims.base_stage,
            case claims.stage when 'final_accounts' then 'executed' else claims.stage end
        ) as compared_stage,
        coalesce(
            case claims.direction
                when 'increase' then claims.change_yuan
                when 'decrease' then -claims.change_yuan
                when 'unchanged' then 0
            end,
            claims.amount_yuan - claims.base_amount_yuan
        ) as signed_change_yuan,
        half_unit(translate(claims.change_percent_text, '%％', ''), '元') * 0.01
            as half_percent
    from marts.fct_narrative_claims as claims
    inner join totals
        on claims.disclosure_id = totals.disclosure_id
    where
        claims.base_year = claims.fiscal_year - 1
        and (
            claims.measure = 'total_expenditure'
            -- The appropriation is all there is to spend where it comes to the total.
            or (
                claims.measure = 'fiscal_appropriation_expenditure'
                and abs(claims.amount_yuan - totals.total_yuan) <= claims.half_unit
            )
        )
),

readings as (
    select
        disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        compared_stage,
        amount_yuan,
        signed_change_yuan,
        count(*) as claim_count,
        min(source_ref) as source_ref,
        is_counted
    from claims
    where amount_yuan is not null and signed_change_yuan is not null
    group by all
),

recomputed as (
    select
        *,
        cast(amount_yuan - signed_change_yuan as decimal(18, 2)) as last_year_amount_yuan,
        ratio(signed_change_yuan, (amount_yuan - signed_change_yuan)) as change_ratio,
        count(*) over (partition by disclosure_id, compared_stage) > 1 as is_disputed
    from readings
),

-- A printed percentage speaks for the reading that it can be recomputed from, whichever sentence of
-- the same amount prints it.
percentages as (
    select
        disclosure_id,
        compared_stage,
        abs(signed_change_yuan) as unsigned_change_yuan,
        max(change_ratio) as stated_change_ratio,
        max(half_percent) as half_percent
    from claims
    where change_ratio is not null
    group by all
)

select
    recomputed.disclosure_id,
    recomputed.organization_id,
    recomputed.fiscal_year,
    recomputed.stage,
    case recomputed.compared_stage
        when 'executed' then 'final_accounts'
        else recomputed.compared_stage
    end as base_stage,
    case
        when recomputed.signed_change_yuan > 0 then 'increase'
        when recomputed.signed_change_yuan < 0 then 'decrease'
        else 'unchanged'
    end as direction,
    recomputed.amount_yuan,
    recomputed.last_year_amount_yuan,
    cast(recomputed.signed_change_yuan as decimal(18, 2)) as change_yuan,
    recomputed.change_ratio,
    percentages.stated_change_ratio,
    abs(abs(recomputed.change_ratio) - percentages.stated_change_ratio)
    <= percentages.half_percent as is_confirmed,
    recomputed.is_disputed,
    cast(recomputed.claim_count as integer) as claim_count,
    recomputed.source_ref,
    recomputed.is_counted
from recomputed
left join percentages
    on
        recomputed.disclosure_id = percentages.disclosure_id
        and recomputed.compared_stage = percentages.compared_stage
        and abs(recomputed.signed_change_yuan) = percentages.unsigned_change_yuan;

-- One row per counted disclosure and earlier one of its organization that it is compared with.
create table working.int_comparisons as
with counted_disclosures as (
    select
        disclosure_id,
        organization_id,
        scope,
        fiscal_year,
        stage
    from working.disclosures
    where is_counted
),

-- Joined on the year before, never on the row before: a missing year must give no comparison.
last_years as (
    select
        this_year.*,
        last_year.disclosure_id as base_disclosure_id,
        last_year.fiscal_year as base_fiscal_year,
        last_year.stage as base_stage,
        true as is_same_stage
    from counted_disclosures as this_year
    left join counted_disclosures as last_year
        on
            this_year.organization_id = last_year.organization_id
            and this_year.scope = last_year.scope
            and this_year.stage = last_year.stage
            and this_year.fiscal_year = last_year.fiscal_year + 1
),

-- A budget against last year's final accounts; within a year, the later stage against the earlier.
other_stages as (
    select
        disclosures.*,
        bases.disclosure_id as base_disclosure_id,
        bases.fiscal_year as base_fiscal_year,
        bases.stage as base_stage,
        false as is_same_stage
    from counted_disclosures as disclosures
    inner join counted_disclosures as bases
        on
            disclosures.organization_id = bases.organization_id
            and disclosures.scope = bases.scope
            and (
                (
                    disclosures.fiscal_year = bases.fiscal_year + 1
                    and disclosures.stage <> 'final_accounts'
                    and bases.stage = 'final_accounts'
                )
                or (
                    disclosures.fiscal_year = bases.fiscal_year
                    and (
                        (disclosures.stage = 'final_accounts' and bases.stage <> 'final_accounts')
                        or (
                            disclosures.stage = 'adjusted_budget'
                            and bases.stage = 'initial_budget'
                        )
                    )
                )
            )
)

select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from last_years
union all
select
    concat_ws(' against ', disclosure_id, base_disclosure_id) as comparison_id,
    *
from other_stages;

-- One row per comparison and node of the functional tree, the base in this year's codes.
create table working.int_compared_nodes as
with comparisons as (
    select *
    from working.int_comparisons
),

leaves as (
    select
        disclosure_id,
        function_code,
        sum(case nature when 'basic' then amount_yuan else 0 end) as basic_yuan,
        sum(case nature when 'project' then amount_yuan else 0 end) as project_yuan
    from marts.fct_expenditures
    group by all
),

changes as (
    select *
    from reference.classification_changes
    where classification = 'function' and kind <> 'rename'
),

-- A split's accounts can be compared where they meet again: in their section, class or only in all.
split_codes as (
    select
        from_code,
        effective_fiscal_year,
        case
            when
                min(length(to_code)) > 5
                and min(substr(to_code, 1, 5)) = substr(from_code, 1, 5)
                and max(substr(to_code, 1, 5)) = substr(from_code, 1, 5)
                then 5
            when
                min(length(to_code)) > 3
                and min(substr(to_code, 1, 3)) = substr(from_code, 1, 3)
                and max(substr(to_code, 1, 3)) = substr(from_code, 1, 3)
                then 3
            else 0
        end as comparable_digits
    from changes
    where kind = 'split'
    group by from_code, effective_fiscal_year
),

-- Codes that mean another thing than before, down to which level they can be compared all the same.
-- What a new class took over stood under codes that nobody has told.
incomparable_codes as (
    select
        from_code as function_code,
        effective_fiscal_year,
        comparable_digits
    from split_codes
    union all
    select
        changes.to_code as function_code,
        changes.effective_fiscal_year,
        split_codes.comparable_digits
    from changes
    inner join split_codes
        on
            changes.kind = 'split'
            and changes.from_code = split_codes.from_code
            and changes.effective_fiscal_year = split_codes.effective_fiscal_year
    union all
    select
        to_code as function_code,
        effective_fiscal_year,
        0 as comparable_digits
    from changes
    where kind = 'new'
),

year_pairs as (
    select
        base_fiscal_year,
        fiscal_year
    from comparisons
    where base_fiscal_year < fiscal_year
    group by all
),

codes as (
    select function_code
    from leaves
    group by all
),

used_codes as (
    select
        year_pairs.base_fiscal_year,
        year_pairs.fiscal_year,
        codes.function_code
    from year_pairs
    cross join codes
),

-- The code that last year's became; where a code and its section moved, the longer one counts.
moved_codes as (
    select
        used_codes.base_fiscal_year,
        used_codes.fiscal_year,
        used_codes.function_code,
        max_by(
            changes.to_code || substr(used_codes.function_code, length(changes.from_code) + 1),
            length(changes.from_code)
        ) as moved_code
    from used_codes
    inner join changes
        on
            changes.kind in ('move', 'merge')
            and used_codes.base_fiscal_year < changes.effective_fiscal_year
            and used_codes.fiscal_year >= changes.effective_fiscal_year
            and substr(used_codes.function_code, 1, length(changes.from_code)) = changes.from_code
    group by all
),

changed_codes as (
    select
        used_codes.base_fiscal_year,
        used_codes.fiscal_year,
        used_codes.function_code,
        min(incomparable_codes.comparable_digits) as comparable_digits
    from used_codes
    inner join incomparable_codes
        on
            used_codes.base_fiscal_year < incomparable_codes.effective_fiscal_year
            and used_codes.fiscal_year >= incomparable_codes.effective_fiscal_year
            and substr(used_codes.function_code, 1, length(incomparable_codes.function_code))
            = incomparable_codes.function_code
    group by all
),

leaves_of_both_years as (
    select
        comparisons.comparison_id,
        leaves.function_code,
        leaves.basic_yuan,
        leaves.project_yuan,
        0 as base_basic_yuan,
        0 as base_project_yuan
    from comparisons
    inner join leaves
        on comparisons.disclosure_id = leaves.disclosure_id
    union all
    select
        comparisons.comparison_id,
        -- A code that this year's document prints as well did not move there.
        case
            when this_year.function_code is null
                then coalesce(moved_codes.moved_code, leaves.function_code)
            else leaves.function_code
        end as function_code,
        0 as basic_yuan,
        0 as project_yuan,
        leaves.basic_yuan as base_basic_yuan,
        leaves.project_yuan as base_project_yuan
    from comparisons
    inner join leaves
        on comparisons.base_disclosure_id = leaves.disclosure_id
    left join moved_codes
        on
            comparisons.base_fiscal_year = moved_codes.base_fiscal_year
            and comparisons.fiscal_year = moved_codes.fiscal_year
            and leaves.function_code = moved_codes.function_code
    left join leaves as this_year
        on
            comparisons.disclosure_id = this_year.disclosure_id
            and leaves.function_code = this_year.function_code
),

compared_leaves as (
    select
        leaves_of_both_years.comparison_id,
        leaves_of_both_years.function_code,
            sum(leaves_of_both_years.basic_yuan) as basic_yuan,
            sum(leaves_of_both_years.project_yuan) as project_yuan,
            sum(leaves_of_both_years.base_basic_yuan) as base_basic_yuan,
            sum(leaves_of_both_years.base_project_yuan) as base_project_yuan,
        coalesce(min(changed_codes.comparable_digits), 7) as comparable_digits
    from leaves_of_both_years
    inner join comparisons
        on leaves_of_both_years.comparison_id = comparisons.comparison_id
    left join changed_codes
        on
            comparisons.base_fiscal_year = changed_codes.base_fiscal_year
            and comparisons.fiscal_year = changed_codes.fiscal_year
            and leaves_of_both_years.function_code = changed_codes.function_code
    group by leaves_of_both_years.comparison_id, leaves_of_both_years.function_code
),

nodes as (
    select
        comparison_id,
        'total' as function_code,
        'total' as level,
            cast(sum(basic_yuan) as decimal(18, 2)) as basic_yuan,
            cast(sum(project_yuan) as decimal(18, 2)) as project_yuan,
            cast(sum(base_basic_yuan) as decimal(18, 2)) as base_basic_yuan,
            cast(sum(base_project_yuan) as decimal(18, 2)) as base_project_yuan,
        true as is_mapped
    from compared_leaves
    group by all
        union all
        select
            comparison_id,
            substr(function_code, 1, 3) as function_code,
            'class' as level,
                cast(sum(basic_yuan) as decimal(18, 2)) as basic_yuan,
                cast(sum(project_yuan) as decimal(18, 2)) as project_yuan,
                cast(sum(base_basic_yuan) as decimal(18, 2)) as base_basic_yuan,
                cast(sum(base_project_yuan) as decimal(18, 2)) as base_project_yuan,
            min(comparable_digits) >= 3 as is_mapped
        from compared_leaves
        where length(function_code) >= 3
        group by all
        union all
        select
            comparison_id,
            substr(function_code, 1, 5) as function_code,
            'section' as level,
                cast(sum(basic_yuan) as decimal(18, 2)) as basic_yuan,
                cast(sum(project_yuan) as decimal(18, 2)) as project_yuan,
                cast(sum(base_basic_yuan) as decimal(18, 2)) as base_basic_yuan,
                cast(sum(base_project_yuan) as decimal(18, 2)) as base_project_yuan,
            min(comparable_digits) >= 5 as is_mapped
        from compared_leaves
        where length(function_code) >= 5
        group by all
        union all
        select
            comparison_id,
            substr(function_code, 1, 7) as function_code,
            'item' as level,
                cast(sum(basic_yuan) as decimal(18, 2)) as basic_yuan,
                cast(sum(project_yuan) as decimal(18, 2)) as project_yuan,
                cast(sum(base_basic_yuan) as decimal(18, 2)) as base_basic_yuan,
                cast(sum(base_project_yuan) as decimal(18, 2)) as base_project_yuan,
            min(comparable_digits) >= 7 as is_mapped
        from compared_leaves
        where length(function_code) >= 7
        group by all
),

-- How much of the base could be followed to the codes of this year.
mapped_shares as (
    select
        comparison_id,
        ratio(sum(case when comparable_digits = 7 then abs(base_basic_yuan) + abs(base_project_yuan) else 0 end), sum(abs(base_basic_yuan) + abs(base_project_yuan))) as mapped_ratio
    from compared_leaves
    group by all
)

select
    comparisons.*,
    nodes.function_code,
    nodes.level,
        nodes.basic_yuan,
        nodes.project_yuan,
        nodes.base_basic_yuan,
        nodes.base_project_yuan,
    nodes.is_mapped,
    mapped_shares.mapped_ratio
from nodes
inner join comparisons
    on nodes.comparison_id = comparisons.comparison_id
inner join mapped_shares
    on nodes.comparison_id = mapped_shares.comparison_id
-- Where one of the two years stops at a class or section, nothing below it can be compared.
left join compared_leaves as classes
    on
        comparisons.base_disclosure_id is not null
        and nodes.comparison_id = classes.comparison_id
        and nodes.level in ('section', 'item')
        and substr(nodes.function_code, 1, 3) = classes.function_code
left join compared_leaves as sections
    on
        comparisons.base_disclosure_id is not null
        and nodes.comparison_id = sections.comparison_id
        and nodes.level = 'item'
        and substr(nodes.function_code, 1, 5) = sections.function_code
where classes.function_code is null and sections.function_code is null;

-- One row per organization, stage, fiscal year, node of the functional tree and nature.
create table marts.fct_expenditure_changes as
with nodes as (
    select *
    from working.int_compared_nodes
    where is_same_stage
),

-- What the prose says of last year stands for it only where all of it says the same.
stated_bases as (
    select
        disclosure_id,
        max(is_disputed) as is_disputed,
        min(case when not is_disputed then last_year_amount_yuan end) as last_year_amount_yuan
    from marts.fct_stated_bases
    where base_stage = stage
    group by all
),

changes as (

    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'total' as nature,
        cast(basic_yuan + project_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_basic_yuan + base_project_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes
    union all
    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'basic' as nature,
        cast(basic_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_basic_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes
    union all
    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'project' as nature,
        cast(project_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_project_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes

),

based_changes as (
    select
        changes.*,
        case
            when changes.base_disclosure_id is not null then changes.base_yuan
            else stated_bases.last_year_amount_yuan
        end as last_year_amount_yuan,
        case
            when changes.base_disclosure_id is not null then 'published'
            when stated_bases.disclosure_id is not null then 'stated'
            else 'none'
        end as basis,
        coalesce(stated_bases.is_disputed, false) as is_disputed
    from changes
    left join stated_bases
        on
            changes.disclosure_id = stated_bases.disclosure_id
            and changes.base_disclosure_id is null
            and changes.function_code = 'total'
            and changes.nature = 'total'
)

select
    changes.organization_id,
    changes.stage,
    changes.fiscal_year,
    changes.function_code,
    changes.level,
    changes.nature,
    changes.amount_yuan,
    changes.last_year_amount_yuan,
    cast(changes.amount_yuan - changes.last_year_amount_yuan as decimal(18, 2)) as change_yuan,
    ratio((changes.amount_yuan - changes.last_year_amount_yuan), changes.last_year_amount_yuan) as change_ratio,
    ratio((changes.amount_yuan - changes.last_year_amount_yuan), (wholes.amount_yuan - wholes.last_year_amount_yuan)) as contribution_ratio,
    case
        when changes.last_year_amount_yuan is null then 'no_basis'
        when changes.last_year_amount_yuan = 0 and changes.amount_yuan <> 0 then 'new'
        when changes.last_year_amount_yuan <> 0 and changes.amount_yuan = 0 then 'discontinued'
        when changes.amount_yuan > changes.last_year_amount_yuan then 'increased'
        when changes.amount_yuan < changes.last_year_amount_yuan then 'decreased'
        else 'unchanged'
    end as change_kind,
    changes.basis,
    changes.is_disputed,
    changes.is_mapped,
    changes.mapped_ratio,
    changes.disclosure_id,
    changes.base_disclosure_id as last_year_disclosure_id,
    cast(true as boolean) as is_counted
from based_changes as changes
left join based_changes as wholes
    on
        changes.comparison_id = wholes.comparison_id
        and wholes.function_code = 'total'
        and wholes.nature = 'total';

-- One row per disclosure, disclosure of another stage, node of the functional tree and nature.
create table marts.fct_stage_changes as
with nodes as (
    select *
    from working.int_compared_nodes
    where not is_same_stage
),

changes as (

    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'total' as nature,
        cast(basic_yuan + project_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_basic_yuan + base_project_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes
    union all
    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'basic' as nature,
        cast(basic_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_basic_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes
    union all
    select
        comparison_id,
        disclosure_id,
        base_disclosure_id,
        organization_id,
        fiscal_year,
        stage,
        base_fiscal_year,
        base_stage,
        function_code,
        level,
        'project' as nature,
        cast(project_yuan as decimal(18, 2)) as amount_yuan,
        cast(base_project_yuan as decimal(18, 2)) as base_yuan,
        is_mapped,
        mapped_ratio
    from nodes

)

select
    changes.organization_id,
    changes.fiscal_year,
    changes.stage,
    changes.base_fiscal_year,
    changes.base_stage,
    changes.function_code,
    changes.level,
    changes.nature,
    changes.amount_yuan,
    changes.base_yuan,
    cast(changes.amount_yuan - changes.base_yuan as decimal(18, 2)) as change_yuan,
    ratio((changes.amount_yuan - changes.base_yuan), changes.base_yuan) as change_ratio,
    ratio((changes.amount_yuan - changes.base_yuan), (wholes.amount_yuan - wholes.base_yuan)) as contribution_ratio,
    case
        when changes.base_yuan is null then 'no_basis'
        when changes.base_yuan = 0 and changes.amount_yuan <> 0 then 'new'
        when changes.base_yuan <> 0 and changes.amount_yuan = 0 then 'discontinued'
        when changes.amount_yuan > changes.base_yuan then 'increased'
        when changes.amount_yuan < changes.base_yuan then 'decreased'
        else 'unchanged'
    end as change_kind,
    changes.is_mapped,
    changes.mapped_ratio,
    changes.disclosure_id,
    changes.base_disclosure_id,
    cast(true as boolean) as is_counted
from changes
inner join changes as wholes
    on
        changes.comparison_id = wholes.comparison_id
        and wholes.function_code = 'total'
        and wholes.nature = 'total';

-- One row per figure or text that a revision prints otherwise than the revision before it.
create table marts.fct_revision_changes as
with publications as (
    select
        *,
        row_number() over (
            partition by organization_id, fiscal_year, stage, scope
            order by revision
        ) as publication
    from working.disclosures
),

revisions as (
    select
        later.disclosure_id,
        earlier.disclosure_id as replaced_disclosure_id,
        later.organization_id,
        later.fiscal_year,
        later.stage,
        later.revision,
        later.is_counted
    from publications as later
    inner join publications as earlier
        on
            later.organization_id = earlier.organization_id
            and later.fiscal_year = earlier.fiscal_year
            and later.stage = earlier.stage
            and later.scope = earlier.scope
            and later.publication = earlier.publication + 1
),

revised_disclosures as (
    select disclosure_id
    from revisions
    union
    select replaced_disclosure_id as disclosure_id
    from revisions
),

amounts as (
    select amounts.*
    from marts.fct_published_amounts as amounts
    inner join revised_disclosures
        on amounts.disclosure_id = revised_disclosures.disclosure_id
),

printed_values as (
    select
        amounts.disclosure_id,
        amounts.table_name,
        amounts.row_number,
        -- A project is known by its name: its number changes as soon as another one is left out.
        coalesce(projects.project_name, concat_ws(' ', amounts.side, amounts.row_key)) as line_key,
        amounts.account_name,
        amounts.measure,
        amounts.printed_text,
        amounts.amount_yuan,
        amounts.source_ref
    from amounts
    left join marts.fct_projects as projects
        on
            amounts.table_name = 'projects'
            and amounts.disclosure_id = projects.disclosure_id
            and amounts.row_number = projects.project_number
    union all
    select
        disclosure_id,
        table_name,
        row_number,
        row_key as line_key,
        account_name,
        'name' as measure,
        account_name as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        source_ref
    from amounts
    where account_code is not null and measure = 'total'
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            'amount' as measure,
            claims.amount_text as printed_text,
            claims.amount_yuan as amount_yuan,
            claims.source_ref
        from marts.fct_narrative_claims as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            'base_amount' as measure,
            claims.base_amount_text as printed_text,
            claims.base_amount_yuan as amount_yuan,
            claims.source_ref
        from marts.fct_narrative_claims as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            'direction' as measure,
            claims.direction_text as printed_text,
            cast(null as decimal(18, 2)) as amount_yuan,
            claims.source_ref
        from marts.fct_narrative_claims as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            'change' as measure,
            claims.change_text as printed_text,
            claims.change_yuan as amount_yuan,
            claims.source_ref
        from marts.fct_narrative_claims as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
        union all
        select
            claims.disclosure_id,
            'narrative_claims' as table_name,
            claims.claim_number as row_number,
            concat_ws(' ', claims.measure, claims.account_name, claims.base_year) as line_key,
            claims.account_name,
            'change_percent' as measure,
            claims.change_percent_text as printed_text,
            cast(null as decimal(18, 2)) as amount_yuan,
            claims.source_ref
        from marts.fct_narrative_claims as claims
        inner join revised_disclosures
            on claims.disclosure_id = revised_disclosures.disclosure_id
    union all
    select
        statements.disclosure_id,
        'statements' as table_name,
        statements.statement_number as row_number,
        statements.subject as line_key,
        cast(null as text) as account_name,
        'value' as measure,
        statements.value_text as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        statements.source_ref
    from marts.fct_statements as statements
    inner join revised_disclosures
        on statements.disclosure_id = revised_disclosures.disclosure_id
    union all
    select
        targets.disclosure_id,
        'performance_targets' as table_name,
        targets.indicator_number as row_number,
        concat_ws(' ', targets.project_name, targets.indicator_name) as line_key,
        cast(null as text) as account_name,
        'target' as measure,
        targets.target_text as printed_text,
        cast(null as decimal(18, 2)) as amount_yuan,
        targets.source_ref
    from marts.fct_performance_targets as targets
    inner join revised_disclosures
        on targets.disclosure_id = revised_disclosures.disclosure_id
),

-- A line printed twice is compared with its first and second print.
lines as (
    select
        *,
        row_number() over (
            partition by disclosure_id, table_name, line_key, measure
            order by row_number
        ) as occurrence
    from printed_values
    where coalesce(printed_text, '') <> ''
),

replaced_lines as (
    select
        revisions.disclosure_id as later_disclosure_id,
        lines.*
    from revisions
    inner join lines
        on revisions.replaced_disclosure_id = lines.disclosure_id
),

later_lines as (
    select lines.*
    from revisions
    inner join lines
        on revisions.disclosure_id = lines.disclosure_id
),

compared_lines as (
    select
        coalesce(later_lines.disclosure_id, replaced_lines.later_disclosure_id) as disclosure_id,
        coalesce(later_lines.table_name, replaced_lines.table_name) as table_name,
        coalesce(later_lines.line_key, replaced_lines.line_key) as line_key,
        coalesce(later_lines.occurrence, replaced_lines.occurrence) as occurrence,
        coalesce(later_lines.account_name, replaced_lines.account_name) as account_name,
        coalesce(later_lines.measure, replaced_lines.measure) as measure,
        case
            when replaced_lines.later_disclosure_id is null then 'added'
            when later_lines.disclosure_id is null then 'removed'
            when later_lines.amount_yuan = replaced_lines.amount_yuan then 'retyped'
            else 'changed'
        end as revision_kind,
        replaced_lines.printed_text as replaced_text,
        later_lines.printed_text,
        replaced_lines.amount_yuan as replaced_yuan,
        later_lines.amount_yuan,
        replaced_lines.source_ref as replaced_source_ref,
        later_lines.source_ref
    from later_lines
    full join replaced_lines
        on
            later_lines.disclosure_id = replaced_lines.later_disclosure_id
            and later_lines.table_name = replaced_lines.table_name
            and later_lines.line_key = replaced_lines.line_key
            and later_lines.measure = replaced_lines.measure
            and later_lines.occurrence = replaced_lines.occurrence
)

select
    compared_lines.disclosure_id,
    revisions.replaced_disclosure_id,
    revisions.organization_id,
    revisions.fiscal_year,
    revisions.stage,
    revisions.revision,
    compared_lines.table_name,
    compared_lines.line_key,
    cast(compared_lines.occurrence as integer) as occurrence,
    compared_lines.account_name,
    compared_lines.measure,
    compared_lines.revision_kind,
    compared_lines.replaced_text,
    compared_lines.printed_text,
    compared_lines.replaced_yuan,
    compared_lines.amount_yuan,
    cast(
        coalesce(compared_lines.amount_yuan, 0) - coalesce(compared_lines.replaced_yuan, 0)
        as decimal(18, 2)
    ) as change_yuan,
    compared_lines.replaced_source_ref,
    compared_lines.source_ref,
    revisions.is_counted
from compared_lines
inner join revisions
    on compared_lines.disclosure_id = revisions.disclosure_id
where
    compared_lines.revision_kind in ('added', 'removed')
    or compared_lines.printed_text <> compared_lines.replaced_text;

-- One row per leaf line of spending that sums count, with every name joined.
create view marts.expenditures as
select
    fct_expenditures.fiscal_year,
    fct_expenditures.stage,
    dim_organizations.organization_name,
    dim_organizations.region_name,
    fct_expenditures.fund,
    dim_functions.class_code,
    dim_functions.class_name,
    dim_functions.section_code,
    dim_functions.section_name,
    dim_functions.item_code,
    dim_functions.item_name,
    fct_expenditures.nature,
    fct_expenditures.amount_yuan,
    dim_disclosures.source_document,
    fct_expenditures.source_ref,
    fct_expenditures.disclosure_id,
    fct_expenditures.organization_id,
    fct_expenditures.function_code
from marts.fct_expenditures as fct_expenditures
inner join marts.dim_disclosures as dim_disclosures
    on fct_expenditures.disclosure_id = dim_disclosures.disclosure_id
inner join marts.dim_organizations as dim_organizations
    on fct_expenditures.organization_id = dim_organizations.organization_id
inner join marts.dim_functions as dim_functions
    on
        fct_expenditures.fiscal_year = dim_functions.fiscal_year
        and fct_expenditures.function_code = dim_functions.function_code
where fct_expenditures.is_counted;

-- One row per leaf line of spending that sums count, with the UN function (COFOG) it serves.
create view marts.expenditures_by_cofog as
with functions as (
    select
        expenditures.*,
        coalesce(items.treatment, sections.treatment, 'unassigned') as treatment,
        case when items.function_code is not null then items.cofog_code else sections.cofog_code end
            as assigned_code,
        coalesce(items.confidence, sections.confidence, 'none') as confidence,
        coalesce(
            items.reason,
            sections.reason,
            'The list has no such section, or the document does not print one'
        ) as reason
    from marts.expenditures as expenditures
    left join reference.function_cofog as items
        on expenditures.item_code = items.function_code
    left join reference.function_cofog as sections
        on expenditures.section_code = sections.function_code
),

-- Sections of payments to or for staff: they follow the work, and do not tell what it is.
staff_sections as (
    select substr(function_code, 1, 5) as section_code
    from reference.function_cofog
    where treatment = 'staff_contribution'
    group by all
),

-- The employing function is known where all other basic expenditure serves a single one.
employing_functions as (
    select
        functions.disclosure_id,
        min(functions.assigned_code) as cofog_code
    from functions
    left join staff_sections
        on functions.section_code = staff_sections.section_code
    where functions.nature = 'basic' and staff_sections.section_code is null
    group by functions.disclosure_id
    having
        min(functions.assigned_code) = max(functions.assigned_code)
        and count(functions.assigned_code) = count(*)
),

lines as (
    select
        functions.*,
        case functions.treatment
            when 'staff_contribution' then employing_functions.cofog_code
            else functions.assigned_code
        end as cofog_code
    from functions
    left join employing_functions
        on functions.disclosure_id = employing_functions.disclosure_id
)

select
    lines.fiscal_year,
    lines.stage,
    lines.organization_name,
    lines.fund,
    lines.function_code,
    coalesce(lines.item_name, lines.section_name, lines.class_name) as function_name,
    lines.nature,
    lines.amount_yuan,
    substr(lines.cofog_code, 1, 2) as cofog_division_code,
    divisions.cofog_name as cofog_division_name,
    lines.cofog_code,
    cofog.cofog_name,
    lines.treatment,
    lines.confidence,
    lines.reason,
    lines.source_ref,
    lines.disclosure_id,
    lines.organization_id
from lines
left join reference.cofog as cofog
    on lines.cofog_code = cofog.cofog_code
left join reference.cofog as divisions
    on substr(lines.cofog_code, 1, 2) = divisions.cofog_code;

-- One row per organization, stage, fiscal year and node of the functional tree.
create view marts.fct_change_splits as
select
    organization_id,
    stage,
    fiscal_year,
    function_code,
    level,
    max(case nature when 'total' then change_yuan end) as change_yuan,
    max(case nature when 'basic' then change_yuan end) as change_basic_yuan,
    max(case nature when 'project' then change_yuan end) as change_project_yuan,
    cast(cast(
        sign(max(case nature when 'basic' then change_yuan end))
        * sign(max(case nature when 'total' then change_yuan end)) * (
            (
                cast(abs(max(case nature when 'basic' then change_yuan end)) * 100 as hugeint) * 2000000
                + cast(abs(max(case nature when 'total' then change_yuan end)) * 100 as hugeint)
            ) // nullif(cast(abs(max(case nature when 'total' then change_yuan end)) * 100 as hugeint) * 2, 0)
        ) as decimal(24, 0)
    ) * cast(0.000001 as decimal(7, 6)) as decimal(18, 6)) as change_basic_ratio,
    disclosure_id,
    is_counted
from marts.fct_expenditure_changes
where basis = 'published'
group by all;
