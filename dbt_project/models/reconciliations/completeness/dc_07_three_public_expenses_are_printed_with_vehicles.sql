-- One row per disclosure of a budget: it prints the three public expenses (T9), with purchase
-- and operation of vehicles.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{%- set has_no_parts_of_vehicles %}
sum(case measure when 'vehicle_total' then amount_yuan end) > 0
and count(
    case when measure in ('vehicle_purchase', 'vehicle_operation') then amount_yuan end
) = 0
{%- endset %}
{{ printed_table('three_public_expenses', is_incomplete=has_no_parts_of_vehicles) }}
