-- sweep: sweeps/weight-spectra/weight-decay.yaml

-- entry: S3 (Fig. 6)
-- claim: The inner matrices lose rank with weight decay.
-- expected: W2 .66 .64 .41 .17, W3 .64 .62 .37 .165 for decay 0 .1 1 10: strictly decreasing
WITH last AS (SELECT component, weight_decay, mean, lag(mean) OVER (PARTITION BY component ORDER BY weight_decay) AS before FROM curves
  WHERE metric = 'normalised_effective_rank' AND component IN ('W2', 'W3') AND step = 1200)
SELECT list(round(mean, 3) ORDER BY component, weight_decay) AS measured, count(*) = 8 AND bool_and(before IS NULL OR mean < before) AS holds FROM last;

-- entry: S3 (Fig. 6)
-- claim: The first matrix barely reacts until the decay is large, and its norm falls.
-- expected: rank .86 .86 .83 .58, norm 8.3 7.7 5.0 2.2: rank within .05 up to decay 1, norms descending
SELECT list(round(mean, 2) ORDER BY metric, weight_decay) AS measured,
  max(mean) FILTER (metric = 'normalised_effective_rank' AND weight_decay < 10) - min(mean) FILTER (metric = 'normalised_effective_rank' AND weight_decay < 10) < 0.05
  AND list(mean ORDER BY weight_decay) FILTER (metric = 'weight_norm') = list_reverse_sort(list(mean) FILTER (metric = 'weight_norm')) AS holds
FROM curves WHERE metric IN ('normalised_effective_rank', 'weight_norm') AND component = 'W1' AND step = 1200;

-- entry: S3 (Fig. 14)
-- claim: What the upper half of the spectra loses to the whole shrinks with weight decay.
-- expected: training loss higher by .05-.07 without decay, .009 at decay 10: at most half of it
WITH halves AS (SELECT h.weight_decay, h.mean - l.mean AS gap FROM curves h JOIN curves l USING (weight_decay, step, split)
  WHERE h.metric = 'half_spectrum_loss' AND h.component = 'keep_top' AND l.metric = 'loss' AND split = 'train' AND step = 1200)
SELECT list(round(gap, 4) ORDER BY weight_decay) AS measured, max(gap) FILTER (weight_decay = 10) <= max(gap) FILTER (weight_decay = 0) / 2 AS holds FROM halves;

-- entry: S3 (Fig. 4, 14)
-- claim: The lower half of the spectra is worth nothing, also where the whole network has learned all.
-- expected: training loss 2.30-2.31, chance is ln 10 = 2.30: at least 2.2 for every decay, while the whole network's is below .05 up to decay 1 (about 1 at 10)
SELECT list(format('{:.2f} beside {:.3f}', half, whole) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND min(half) >= 2.2 AND max(whole) FILTER (weight_decay <= 1) < 0.05 AS holds
FROM (SELECT weight_decay, max(mean) FILTER (metric = 'half_spectrum_loss' AND component = 'keep_bottom') AS half, max(mean) FILTER (metric = 'loss') AS whole
  FROM curves WHERE split = 'train' AND step = 1200 GROUP BY weight_decay);

-- entry: S3
-- claim: Some decay generalises better than none.
-- expected: validation loss 1.0-1.2, .9-1.0, .5-.6, 1.1-1.25: smaller at 1 than at 0
SELECT list(round(mean, 2) ORDER BY weight_decay) AS measured, max(mean) FILTER (weight_decay = 1) < max(mean) FILTER (weight_decay = 0) AS holds
FROM curves WHERE metric = 'loss' AND split = 'validation' AND step = 1200;
