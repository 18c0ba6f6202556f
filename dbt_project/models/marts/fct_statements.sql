-- One row per disclosure and statement in the prose that is not a figure of money.
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
        when {{ is_figure('statements.value_text', "'元'") }}
            then cast({{ amount('statements.value_text') }} as decimal(18, 2))
    end as numeric_value,
    statements.unit,
    statements.note,
    statements.source_ref,
    disclosures.is_counted
from {{ ref('stg_statements') }} as statements
inner join {{ ref('int_disclosures') }} as disclosures
    on statements.disclosure_id = disclosures.disclosure_id
