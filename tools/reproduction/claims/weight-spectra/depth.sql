-- sweep: sweeps/weight-spectra/depth.yaml

-- entry: S4
-- claim: At every depth weight decay takes rank from every inner matrix.
-- expected: .15-.28 less at decay 1 than at 0, at least .1
WITH change AS (SELECT a.depth, a.component, a.mean - b.mean AS loss FROM curves a JOIN curves b USING (depth, component, step, metric)
  WHERE metric = 'normalised_effective_rank' AND a.weight_decay = 0 AND b.weight_decay = 1 AND step = 1200
    AND component[2:]::INT BETWEEN 2 AND depth - 1)
SELECT format('{:.2f} to {:.2f} in {} matrices', min(loss), max(loss), count(*)) AS measured, count(*) = 10 AND min(loss) >= 0.1 AS holds FROM change;

-- entry: S4
-- claim: With a fifth of the labels wrong, deeper networks generalise worse.
-- expected: error on clean labels .36 at depth 2, .46 at depth 6, without decay
SELECT list(round(1 - mean, 3) ORDER BY depth) AS measured, max(1 - mean) FILTER (depth = 6) > max(1 - mean) FILTER (depth = 2) AS holds
FROM curves WHERE metric = 'accuracy' AND split = 'validation' AND weight_decay = 0 AND step = 1200;
