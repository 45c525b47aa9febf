-- sweep: sweeps/weight-spectra/conv.yaml
-- profile: mnist

-- entry: S7 (Fig. 6)
-- claim: Convolutional networks learn digits although a fifth of their labels are wrong.
-- expected: validation error below .1 for every decay
SELECT list(round(1 - mean, 4) ORDER BY weight_decay) AS measured, count(*) = 2 AND min(mean) > 0.9 AS holds
FROM curves WHERE metric = 'accuracy' AND split = 'validation' AND step = 400;

-- entry: S7 (Fig. 6)
-- claim: The last kernel loses rank in training, and more with decay.
-- expected: .98 or more at the beginning; below .95 at the end without decay, at most two thirds of that at .01
WITH ends AS (SELECT weight_decay, arg_min(mean, step) AS first, arg_max(mean, step) AS final FROM curves
  WHERE metric = 'normalised_effective_rank' AND component = 'W6' GROUP BY weight_decay)
SELECT string_agg(format('{:.2f} to {:.2f}', first, final), ', ' ORDER BY weight_decay) AS measured,
  min(first) > 0.98 AND max(final) FILTER (weight_decay = 0) < 0.95 AND max(final) FILTER (weight_decay = 0.01) <= max(final) FILTER (weight_decay = 0) * 2 / 3 AS holds FROM ends;

-- entry: S7 (Fig. 4, 14)
-- claim: The upper half of the spectra does nearly what the whole does, the lower half nothing, and decay closes the gap.
-- expected: validation loss of the lower half at least 2; of the upper half within 1 of the whole, and nearer to it at .01 than at 0
WITH halves AS (SELECT weight_decay, max(mean) FILTER (component = 'keep_top') - max(mean) FILTER (component = 'whole') AS gap, max(mean) FILTER (component = 'keep_bottom') AS lower
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'validation' AND step = (SELECT max(step) FROM curves WHERE metric = 'half_spectrum_loss') GROUP BY weight_decay)
SELECT string_agg(format('gap {:.3f}, lower half {:.2f}', gap, lower), '; ' ORDER BY weight_decay) AS measured,
  count(*) = 2 AND min(lower) >= 2 AND max(gap) < 1 AND max(gap) FILTER (weight_decay = 0.01) < max(gap) FILTER (weight_decay = 0) AS holds FROM halves;

-- entry: S7 (Fig. 5, 7)
-- claim: The last kernel aligns with the head.
-- expected: W6-W7 begins at chance (.100) and ends more than twice as high
WITH pair AS (SELECT weight_decay, arg_min(mean, step) AS first, arg_max(mean, step) AS final FROM curves
  WHERE metric = 'layer_alignment' AND component = 'W6-W7' GROUP BY weight_decay)
SELECT string_agg(format('{:.2f} to {:.2f}', first, final), ', ' ORDER BY weight_decay) AS measured, max(first) < 0.13 AND min(final) > 2 * 0.0998 AS holds FROM pair;
