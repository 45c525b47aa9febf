-- sweep: sweeps/weight-spectra/mnist-label-noise.yaml

-- entry: Fig. 8
-- claim: A classifier of real digits learns true labels, and generalises.
-- expected: validation error below .06 without noise
SELECT round(1 - mean, 4) AS measured, mean > 0.94 AS holds
FROM curves WHERE metric = 'accuracy' AND split = 'validation' AND label_noise = 0 AND step = 8000;

-- entry: Fig. 8
-- claim: With random labels nothing but the training set is learned.
-- expected: validation error .85 to .95 (chance is .9), training error far below it
SELECT list(round(1 - mean, 3) ORDER BY split) AS measured,
  bool_and(1 - mean BETWEEN 0.85 AND 0.95) FILTER (split = 'validation') AND bool_and(mean > 0.5) FILTER (split = 'train') AS holds
FROM curves WHERE metric = 'accuracy' AND label_noise = 1 AND step = 8000;

-- entry: Fig. 8
-- claim: The second weight matrix has a fuller spectrum with random labels than with true ones.
-- expected: larger normalised effective rank
SELECT list(round(mean, 3) ORDER BY label_noise) AS measured, max(mean) FILTER (label_noise = 1) > max(mean) FILTER (label_noise = 0) AS holds
FROM curves WHERE metric = 'normalised_effective_rank' AND component = 'W2' AND step = 8000;
