-- One row per disclosure of a budget: it prints the general public budget (T5), down to items.
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{{ printed_table('general_public_budget_by_function', is_incomplete=has_no_items()) }}
