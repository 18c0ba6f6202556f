"""The queries for two documents side by side: what became of codes, and what amounts are set to."""

# As the warehouse aligns two years: renames keep their codes.
CLASSIFICATION_CHANGES = """
    select kind, from_code, to_code, effective_fiscal_year
    from reference.classification_changes
    where classification = 'function' and kind <> 'rename'
    order by all
"""

CONTEXT_FIGURES = """
    select
        figures.kind, figures.region_code, figures.organization_name, figures.year,
        cast(figures.value as varchar) as value, figures.unit, figures.source,
        case when figures.unit = '万人' then 10000 else 1 end as heads,
        case
            when figures.region_code in ('000000', '100000') then '全国'
            else regions.region_name
        end as region_name
    from reference.context_figures as figures
    left join reference.regions as regions on figures.region_code = regions.region_code
    order by all
"""
