"""The ledger of the landing file: what was read, what stands, what was refused, and why."""

LEDGER = """
    create table if not exists contract (sha256 text);
    -- Each folder as seen from outside when it was read.
    create table if not exists folders (folder text, seen text);
    -- Each folder's identities, readable or not; an identity is one revision of a document.
    create table if not exists declared (
        folder text, disclosure_id text, identity text, content_sha256 text, is_readable boolean,
        row_count bigint
    );
    -- The content of the landing tables.
    create table if not exists landed (
        disclosure_id text, folder text, content_sha256 text, row_count bigint
    );
    create table if not exists rejected_values (
        folder text, disclosure_id text, source_file text, line_number integer, column_name text,
        value text, reason text
    );
    -- Folders a build broke over: never accepted again until they, the lists or the code change.
    create table if not exists set_aside (
        disclosure_id text, content_sha256 text, made_by text, table_name text, reason text
    );
    -- Files among the CSVs that are none, as the last scan saw them.
    create table if not exists left_aside (path text, reason text);
    -- Of two that cannot both stand, the one that stands already stays; of new ones, none is taken.
    create or replace view claimants as
        select *, (folder, disclosure_id) in (select (folder, disclosure_id) from landed) as stands
        from declared
        where is_readable;
    create or replace view conflicts as
        select *, 'disclosure_id' as column_name, disclosure_id as value
        from claimants
        qualify count(distinct content_sha256) over (partition by disclosure_id) > 1
            and not (stands and count_if(stands) over (partition by disclosure_id) = 1)
        union by name
        select *, 'revision' as column_name, identity as value
        from claimants
        qualify count(distinct content_sha256) over (partition by identity) > 1
            and not (stands and count_if(stands) over (partition by identity) = 1);
    create or replace view accepted as
        select *
        from declared
        where is_readable
            and (folder, disclosure_id) not in (select (folder, disclosure_id) from conflicts)
            and (disclosure_id, content_sha256)
            not in (select (disclosure_id, content_sha256) from set_aside)
        qualify row_number() over (partition by identity order by folder, disclosure_id) = 1;
    create or replace view stale as
        select landed.*
        from landed
        where landed.disclosure_id not in (select disclosure_id from accepted)
            and (
                landed.disclosure_id in (select disclosure_id from declared)
                or landed.folder in (select folder from rejected_values)
            );
    create or replace view disclosures as
        select landed.*, stale.disclosure_id is not null as is_stale
        from landed left join stale using (disclosure_id);
    -- Folders set aside as they stand published: they stay there, and are not computed.
    create or replace view held as
        select disclosure_id from landed semi join set_aside using (disclosure_id, content_sha256);
    create or replace view rejected_rows as
        select disclosure_id, source_file, line_number, column_name, value, reason
        from rejected_values
        union all
        select
            disclosure_id, folder || '/disclosure.csv', null, column_name, value,
            'The same ' || column_name || ' stands in ' || folder || ' and elsewhere with different'
            || ' content; raise the revision of the newer one or take one away'
        from conflicts
        union all
        select
            disclosure_id, declared.folder || '/' || table_name || '.csv', null, null, null, reason
        from set_aside
        inner join declared using (disclosure_id, content_sha256);
    -- Rows of the landing tables before the last changes, until those are published.
    create schema if not exists earlier;
"""

# Tables with rows of files, those of an earlier contract too.
TABLES_OF_ROWS = """
    select distinct table_name
    from duckdb_columns() inner join duckdb_tables() using (database_name, schema_name, table_name)
    where database_name = current_database()
        and schema_name = 'main'
        and column_name in ('row_number', 'source_document', 'table_name')
        and table_name <> 'set_aside'
"""
