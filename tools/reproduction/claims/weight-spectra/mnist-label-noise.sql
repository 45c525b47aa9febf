-- sweep: sweeps/weight-spectra/mnist-label-noise.yaml

-- entry: Fig. 8
-- claim: A classifier of real digits learns true labels, and generalises.
-- expected: validation error below .06 without noise
SELECT round(1 - mean, 4) AS measured, mean > 0.94 AS holds
FROM curves WHERE metric = 'accuracy' AND split = 'validation' AND label_noise = 0 AND step = 12000;

-- entry: Fig. 8
-- claim: Every network learns its labels by heart, random ones too.
-- expected: training error 0 at the end of every run
SELECT format('{} of {} runs', count(*) FILTER (final = 1), count(*)) AS measured, count(*) = 15 AND min(final) = 1 AS holds
FROM summaries WHERE metric = 'accuracy' AND split = 'train';

-- entry: Fig. 8
-- claim: With random labels nothing but the training set is learned.
-- expected: validation error .88 to .92 (chance is .9; .0067 is its standard deviation over 2,000 images), training error 0
SELECT list(round(1 - mean, 3) ORDER BY split) AS measured,
  bool_and(1 - mean BETWEEN 0.88 AND 0.92) FILTER (split = 'validation') AND bool_and(mean = 1) FILTER (split = 'train') AS holds
FROM curves WHERE metric = 'accuracy' AND label_noise = 1 AND step = 12000;

-- entry: Fig. 8
-- claim: The second weight matrix has a fuller spectrum with random labels than with true ones.
-- expected: larger normalised effective rank
SELECT list(round(mean, 3) ORDER BY label_noise) AS measured, max(mean) FILTER (label_noise = 1) > max(mean) FILTER (label_noise = 0) AS holds
FROM curves WHERE metric = 'normalised_effective_rank' AND component = 'W2' AND step = 12000;
