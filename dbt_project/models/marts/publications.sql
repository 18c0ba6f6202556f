-- One row per publication of the warehouse.
{# Publishing writes the log here: only then is it known what is published, and when. #}
select
    cast(null as integer) as publication_number,
    cast(null as timestamp) as published_at,
    cast(null as string) as kind,
    cast(null as integer) as restored_number,
    cast(null as string) as fingerprint,
    cast(null as string) as input_sha256,
    cast(null as string) as reference_sha256,
    cast(null as string) as code_sha256,
    cast(null as integer) as computed_count,
    cast(null as integer) as disclosure_count,
    cast(null as bigint) as amount_count,
    cast(null as decimal(18, 2)) as expenditure_yuan,
    cast(null as integer) as error_count,
    cast(null as integer) as new_error_count,
    cast(null as string) as content_checksum
where false
