-- One row per disclosure of a budget: it prints government funds (T6).
-- 预算法 第十四条; 地方预决算公开操作规程 (财预〔2016〕143号)
{{ printed_table('government_funds_by_function') }}
