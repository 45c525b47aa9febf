-- sweep: sweeps/relu-modes/fig3.yaml

-- entry: R-3A
-- claim: Without noise the training loss falls in two drops: in most seeds it rests between them.
-- expected: less than 3 % in 1,000 epochs between .1 and .75 in at least six of eight seeds (independent runs with another teacher: 7 of 8, at .2 to .75), the second drop at 5k to 13k (there 5k to 12k)
WITH loss AS (
  SELECT seed, step, value, lag(value, 2) OVER (PARTITION BY seed ORDER BY step) AS earlier
  FROM measurements JOIN trials USING (trial_id) WHERE metric = 'relative_loss' AND split = 'train' AND noise = 0),
resting AS (SELECT seed, count(*) FILTER (value BETWEEN 0.1 AND 0.75 AND value > 0.97 * earlier) AS flat,
  min(value) FILTER (value BETWEEN 0.1 AND 0.75 AND value > 0.97 * earlier) AS level FROM loss GROUP BY seed),
second AS (SELECT seed, min(step) AS epoch FROM loss WHERE value < 0.1 GROUP BY seed)
SELECT format('{} of {} seeds rest, at {:.2f} to {:.2f}; below .1 at {} to {}', count(*) FILTER (flat > 0), count(*), min(level), max(level), min(epoch), max(epoch)) AS measured,
  count(*) = 8 AND count(*) FILTER (flat > 0) >= 6 AND min(epoch) >= 5000 AND max(epoch) <= 13000 AS holds
FROM resting JOIN second USING (seed);

-- entry: R-3B
-- claim: Without noise the validation loss vanishes.
-- expected: below 1e-3 at 45k in every seed (independent runs: 1.3e-4 to 3.8e-4)
SELECT format('{:.1e} to {:.1e}', min(value), max(value)) AS measured, max(value) < 1e-3 AS holds
FROM measurements JOIN trials USING (trial_id) WHERE metric = 'relative_loss' AND split = 'validation' AND noise = 0 AND step = 45000;

-- entry: R-3C
-- claim: With noise the mean validation loss is smallest strictly inside and rises again.
-- expected: end over minimum above 1.15 (noise 5) and 2 (noise 10); independent runs: argmin about 12k, minimum .019-.021, end .064-.092 for noise 10
WITH inside AS (SELECT noise, min(mean) AS least, arg_min(step, mean) AS epoch, arg_max(mean, step) AS final, max(step) AS last
  FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND noise > 0 GROUP BY noise)
SELECT string_agg(format('noise {}: {:.4f} at {}, then {:.4f}', noise, least, epoch, final), '; ' ORDER BY noise) AS measured,
  bool_and(epoch BETWEEN 500 AND last - 500 AND final / least > if(noise = 5, 1.15, 2)) AS holds
FROM inside;

-- entry: R-3D
-- claim: With noise 10 the second mode helps on the noisy training targets and harms on clean ones.
-- expected: Delta_2 train < 0 < validation at the end (independent runs: -.017, +.010)
SELECT format('{:.4f}, {:+.4f}', train, validation) AS measured, train < 0 AND validation > 0 AS holds
FROM (SELECT max(mean - 1) FILTER (split = 'train') AS train, max(mean - 1) FILTER (split = 'validation') AS validation
  FROM curves WHERE metric = 'mode_loss' AND noise = 10 AND index = 1 AND step = 45000);

-- entry: R-3D
-- claim: It is hardly there where the validation loss is smallest, and grows afterwards.
-- expected: below 5 % of mode 1 at the minimum, larger at the end (independent runs with noise 10: 1.1 beside 33.8, then 6.5)
WITH best AS (SELECT arg_min(step, mean) AS epoch FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND noise = 10),
strength AS (SELECT max(mean) FILTER (index = 0 AND step = epoch) AS first, max(mean) FILTER (index = 1 AND step = epoch) AS second, max(mean) FILTER (index = 1 AND step = 45000) AS final
  FROM curves, best WHERE metric = 'mode_strength' AND split = 'validation' AND noise = 10)
SELECT format('{:.2f} beside {:.2f}, then {:.2f}', second, first, final) AS measured, second < 0.05 * first AND final > second AS holds FROM strength;

-- entry: R-3E
-- claim: Without noise the mean alignment of the mode rises to nearly one, on training and on new examples.
-- expected: .29 at 500, .46 at 2000, .70 at 4500, .84 at 7500, .98 at 10500 (independent runs, another teacher): ascending, within .2, above .97 at the end
SELECT list(round(mean, 2) ORDER BY split, step) AS measured,
  bool_and(abs(mean - reference) < 0.2) FILTER (step < 45000) AND bool_and(mean > 0.97) FILTER (step = 45000) AS holds
FROM (SELECT split, step, mean, map([500, 2000, 4500, 7500, 10500], [0.29, 0.46, 0.70, 0.84, 0.98])[step] AS reference
  FROM curves WHERE source = 'run' AND metric = 'alignment_left' AND index = 0 AND noise = 0 AND step IN (500, 2000, 4500, 7500, 10500, 45000));

-- entry: R-3G
-- claim: With noise 10 the mean alignment has its peak not before the validation loss its minimum, and falls again.
-- expected: drop above .01 (independent runs: .958 at 12k, then .929)
WITH best AS (SELECT arg_min(step, mean) AS epoch FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND noise = 10),
peak AS (SELECT split, max(mean) AS most, arg_max(step, mean) AS top, arg_max(mean, step) AS final
  FROM curves WHERE source = 'run' AND metric = 'alignment_left' AND index = 0 AND noise = 10 GROUP BY split)
SELECT string_agg(format('{}: {:.3f} at {}, then {:.3f}', split, most, top, final), '; ' ORDER BY split) AS measured,
  bool_and(top >= epoch AND most - final > 0.01) FILTER (split = 'validation') AS holds
FROM peak, best;

-- entry: R-3H
-- claim: With less noise it falls less.
-- expected: the drop with noise 5 is smaller than with noise 10 (independent runs: .003 and .029)
WITH peak AS (SELECT noise, max(mean) - arg_max(mean, step) AS fall FROM curves WHERE source = 'run' AND metric = 'alignment_left' AND index = 0 AND split = 'validation' GROUP BY noise)
SELECT string_agg(format('noise {}: {:.4f}', noise, fall), ', ' ORDER BY noise) AS measured, max(fall) FILTER (noise = 5) < max(fall) FILTER (noise = 10) AS holds FROM peak;
