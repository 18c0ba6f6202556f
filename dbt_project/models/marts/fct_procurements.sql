-- One row per disclosure, printed row of procurement and source.
{%- set item = [
    'printed_rows.procurement_item',
    'printed_rows.procurement_catalogue',
    'printed_rows.project_name',
    'printed_rows.account_name',
] %}
{{ item_amounts(
    'procurement_items',
    {
        'row_number': 'printed_rows.row_number',
        'procurement_item': 'coalesce(' ~ item | join(', ') ~ ')',
        'procurement_catalogue': 'printed_rows.procurement_catalogue',
        'project_name': 'printed_rows.project_name',
        'quantity': 'printed_rows.quantity',
        'quantity_unit': 'printed_rows.quantity_unit',
    },
    named='procurement_item'
) }}
