-- sweep: sweeps/weight-spectra/slingshot.yaml

-- entry: Fig. 2, row 3
-- claim: Long after the training pairs are learned by heart, the training loss is thrown up again and again where the log-softmax is in float32.
-- expected: spikes of a factor of 1,000 or more above the smallest loss so far, after the first step with training error 0: at least three in every seed
WITH train AS (SELECT seed, step, max(value) FILTER (metric = 'loss') AS loss, max(value) FILTER (metric = 'accuracy') AS accuracy
  FROM measurements JOIN trials USING (trial_id) WHERE split = 'train' AND metric IN ('loss', 'accuracy') AND log_softmax = 'dtype' GROUP BY seed, step),
memorised AS (SELECT seed, min(step) AS first FROM train WHERE accuracy = 1 GROUP BY seed),
least AS (SELECT seed, step, loss, min(loss) OVER (PARTITION BY seed ORDER BY step) AS least FROM train JOIN memorised USING (seed) WHERE step >= first),
up AS (SELECT seed, step, loss > 1000 * least AS is_up, lag(loss > 1000 * least) OVER (PARTITION BY seed ORDER BY step) AS was_up FROM least),
spikes AS (SELECT seed, count(*) FILTER (is_up AND NOT was_up) AS n FROM up GROUP BY seed)
SELECT list(n ORDER BY seed) AS measured, count(*) = 4 AND min(n) >= 3 AS holds FROM spikes;

-- entry: Fig. 2, row 3
-- claim: It is rounding that throws it: in float64 there is not one slingshot.
-- expected: the training loss never exceeds 10 times its smallest value so far, after the first step with training error 0
WITH train AS (SELECT seed, step, max(value) FILTER (metric = 'loss') AS loss, max(value) FILTER (metric = 'accuracy') AS accuracy
  FROM measurements JOIN trials USING (trial_id) WHERE split = 'train' AND metric IN ('loss', 'accuracy') AND log_softmax = 'float64' GROUP BY seed, step),
memorised AS (SELECT seed, min(step) AS first FROM train WHERE accuracy = 1 GROUP BY seed),
least AS (SELECT seed, step, loss, min(loss) OVER (PARTITION BY seed ORDER BY step) AS least FROM train JOIN memorised USING (seed) WHERE step >= first)
SELECT list(round(most, 2) ORDER BY seed) AS measured, count(*) = 4 AND max(most) <= 10 AS holds FROM (SELECT seed, max(loss / least) AS most FROM least GROUP BY seed);

-- entry: Fig. 2, row 3
-- claim: With slingshots the validation error falls gradually, without them it stays.
-- expected: from step 1000 to 6000 by at least .03 in the mean over seeds in float32, by less than .02 in float64
SELECT list(format('{}: {:.3f}, then {:.3f}', log_softmax, first, last) ORDER BY log_softmax) AS measured,
  count(*) = 2 AND max(first - last) FILTER (log_softmax = 'dtype') >= 0.03 AND max(first - last) FILTER (log_softmax = 'float64') < 0.02 AS holds
FROM (SELECT log_softmax, max(1 - mean) FILTER (step = 1000) AS first, max(1 - mean) FILTER (step = 6000) AS last
  FROM curves WHERE metric = 'accuracy' AND split = 'validation' GROUP BY log_softmax);

-- entry: Fig. 2, row 3
-- claim: Ranks fall with every slingshot.
-- expected: mean normalised effective rank from step 1000 to 6000: by at least .02 in float32, by less than half of that in float64
SELECT list(format('{}: {:.3f}, then {:.3f}', log_softmax, first, last) ORDER BY log_softmax) AS measured,
  count(*) = 2 AND max(first - last) FILTER (log_softmax = 'dtype') >= 0.02
  AND max(first - last) FILTER (log_softmax = 'float64') < max(first - last) FILTER (log_softmax = 'dtype') / 2 AS holds
FROM (SELECT log_softmax, avg(mean) FILTER (step = 1000) AS first, avg(mean) FILTER (step = 6000) AS last
  FROM curves WHERE metric = 'normalised_effective_rank' GROUP BY log_softmax);

-- entry: Fig. 2, row 3
-- claim: In the end the others are found.
-- expected: validation error near 0, as in the paper's figure after 100,000 steps of p = 97
-- cause: 6,000 steps of p = 43 are seven slingshots, which find one or two hundredths of the others each; the paper's 100,000 steps are many more.
SELECT round(max(1 - mean), 2) AS measured, max(1 - mean) <= 0.05 AS holds FROM curves WHERE metric = 'accuracy' AND split = 'validation' AND log_softmax = 'dtype' AND step = 6000;
