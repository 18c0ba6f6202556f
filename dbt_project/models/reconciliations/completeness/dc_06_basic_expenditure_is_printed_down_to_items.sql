-- One row per disclosure of a budget: it prints basic expenditure by economic account (T8),
-- down to items.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{{ printed_table('basic_expenditure_by_economic', is_incomplete=has_no_items()) }}
