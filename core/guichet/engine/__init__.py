"""Pure decisions: eligibility, form flow, stages, delays, explanations. No I/O, no clock, no SQL, no web."""
