-- One row per measure and measure that it is part of, by one step or several.
{{ measure_wholes(ref('int_measures')) }}
