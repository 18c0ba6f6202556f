-- One row per disclosure of a budget: it prints the summary of revenue and expenditure (T1).
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{{ printed_table('revenue_expenditure_summary') }}
