-- sweep: sweeps/relu-modes/fig1.yaml

-- entry: R-1A
-- claim: The linear teacher's Jacobian at new examples has the five modes that its weights were given, and no sixth.
-- expected: 50, 40, 30, 20, 10, 0 x 7
SELECT list(round(mean, 6) ORDER BY index) AS measured,
  count(*) = 12 AND max(abs(mean - coalesce(([50, 40, 30, 20, 10])[index + 1], 0))) < 1e-4 AS holds
FROM curves WHERE metric = 'teacher_strength' AND split = 'validation' AND teacher = 'linear';

-- entry: R-1B
-- claim: The linear students' validation loss vanishes.
-- expected: below 1e-4 at the end
SELECT format('{:.1e}', mean) AS measured, mean < 1e-4 AS holds
FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND student = 'linear' ORDER BY step DESC LIMIT 1;

-- entry: R-1B
-- claim: Each mode of the linear students takes its share of the targets' power, 1 + Delta = 1 - s^2 / 5500, and keeps it.
-- expected: .545 .709 .836 .927 .982 (exact on white training inputs)
SELECT list(round(mean, 3) ORDER BY index) AS measured,
  max(abs(mean - (1 - ([50, 40, 30, 20, 10])[index + 1] ** 2 / 5500))) < 1e-3 AS holds
FROM (SELECT index, arg_max(mean, step) AS mean FROM curves WHERE metric = 'mode_loss' AND split = 'train' AND student = 'linear' AND index < 5 GROUP BY index);

-- entry: R-1B
-- claim: They do so in five steps, strongest first: the parts of the loss are half taken in the order of the modes.
-- expected: ascending epochs
WITH falls AS (
  SELECT index, step, 1 - mean AS taken, lag(step) OVER w AS before, 1 - lag(mean) OVER w AS taken_before, (1 - last_value(mean) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)) / 2 AS half
  FROM curves WHERE metric = 'mode_loss' AND split = 'validation' AND student = 'linear' AND index < 5 WINDOW w AS (PARTITION BY index ORDER BY step)),
halves AS (SELECT index, min(before + (half - taken_before) / (taken - taken_before) * (step - before)) AS epoch FROM falls WHERE taken >= half AND taken_before < half GROUP BY index)
SELECT list(round(epoch) ORDER BY index) AS measured, count(*) = 5 AND list(epoch ORDER BY index) = list_sort(list(epoch)) AS holds FROM halves;

-- entry: R-1C
-- claim: The linear students' singular values grow to the teacher's.
-- expected: 50, 40, 30, 20, 10 within .1 %
SELECT list(round(mean, 3) ORDER BY index) AS measured, max(abs(mean / ([50, 40, 30, 20, 10])[index + 1] - 1)) < 1e-3 AS holds
FROM (SELECT index, arg_max(mean, step) AS mean FROM curves WHERE metric = 'mode_strength' AND split = 'validation' AND student = 'linear' AND index < 5 GROUP BY index);

-- entry: R-1D
-- claim: They rise one after the other, later than aligned students would by a factor of 1.15 to 2.3: random starts have to turn first.
-- expected: aligned, in closed form: epochs 543, 675, 892, 1317, 2532; independent runs: 640-820, 780-880, 1140-1680, 1960-2960, 3180-4560
WITH rises AS (
  SELECT index, step, mean, lag(step) OVER w AS before, lag(mean) OVER w AS mean_before
  FROM curves WHERE metric = 'normalised_mode_strength' AND split = 'validation' AND student = 'linear' AND index < 5 WINDOW w AS (PARTITION BY index ORDER BY step)),
halves AS (SELECT index, min(before + (0.5 - mean_before) / (mean - mean_before) * (step - before)) AS epoch FROM rises WHERE mean >= 0.5 AND mean_before < 0.5 GROUP BY index)
SELECT list(round(epoch) ORDER BY index) AS measured,
  count(*) = 5 AND list(epoch ORDER BY index) = list_sort(list(epoch)) AND bool_and(epoch / ([543, 675, 892, 1317, 2532])[index + 1] BETWEEN 1.15 AND 2.3) AS holds
FROM halves;

-- entry: R-1E
-- claim: The nonlinear teacher's mean Jacobian is weaker than its weights (50, 40, 30, 20, 10), since inactive units attenuate, and has no sixth mode.
-- expected: about 38.5, 27.0, 17.6, 10.0, 4.4 over random teachers (sd .6 .9 1.2 .9 .4, within 4 sd), then below 1e-9
SELECT list(round(mean, 2) ORDER BY index) AS measured,
  bool_and(if(index < 5, abs(mean - ([38.5, 27.0, 17.6, 10.0, 4.4])[index + 1]) < 4 * ([0.6, 0.9, 1.2, 0.9, 0.4])[index + 1], mean < 1e-9)) AS holds
FROM curves WHERE metric = 'teacher_strength' AND split = 'train' AND teacher = 'relu';

-- entry: R-1F
-- claim: The leaky-ReLU students' mean validation loss falls over 200,000 epochs and does not end at a floor.
-- expected: 3k .67, 10k .11, 20k .041, 50k .018, 100k .011, 200k .0066 with another teacher: within a factor 2.5
SELECT list(round(mean, 4) ORDER BY step) AS measured,
  count(*) = 6 AND bool_and(mean BETWEEN reference / 2.5 AND reference * 2.5) AS holds
FROM (SELECT step, mean, map([3000, 10000, 20000, 50000, 100000, 200000], [0.67, 0.11, 0.041, 0.018, 0.0107, 0.0066])[step] AS reference
  FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND student = 'relu' AND step IN (3000, 10000, 20000, 50000, 100000, 200000));

-- entry: R-1F
-- claim: The strongest mode's part of the loss is smallest early, and rises again while the whole loss goes on falling.
-- expected: smallest at 3k to 20k, then up by more than .02 (independent runs: -.55 to -.48)
WITH part AS (SELECT step, mean - 1 AS delta FROM curves WHERE metric = 'mode_loss' AND split = 'validation' AND student = 'relu' AND index = 0),
lowest AS (SELECT arg_min(delta, step), min(delta) AS least, arg_min(step, delta) AS epoch, arg_max(delta, step) AS final FROM part),
whole AS (SELECT max(mean) FILTER (step = (SELECT epoch FROM lowest)) AS then, arg_max(mean, step) AS final FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND student = 'relu')
SELECT format('{:.3f} at {}, {:.3f} at the end', least, epoch, lowest.final) AS measured,
  epoch BETWEEN 3000 AND 20000 AND lowest.final - least > 0.02 AND whole.final < whole.then AS holds
FROM lowest, whole;

-- entry: R-1G
-- claim: All mode strengths of the leaky-ReLU students rise, with wiggles of at most 5 %.
-- expected: monotone up to 5 % of the teacher's strength
WITH curve AS (SELECT index, step, mean, max(mean) OVER (PARTITION BY index ORDER BY step) AS highest, max(mean) OVER (PARTITION BY index) AS most
  FROM curves WHERE metric = 'mode_strength' AND split = 'validation' AND student = 'relu' AND index < 5)
SELECT format('largest fall {:.1f} %', 100 * max((highest - mean) / most)) AS measured, max((highest - mean) / most) < 0.05 AS holds FROM curve;

-- entry: R-1G
-- claim: Their strengths at 5k, 10k, 20k, 50k and 200k epochs.
-- expected: 1: 28 36 37.6 38 38; 2: 11 23.5 26 26.7 27.2; 3: 2.5 11.7 15.2 16.7 17.9; 4: .4 1.8 6.9 8.5 9.6; 5: .1 .3 1.1 2.8 3.7 (independent runs, another teacher: each within a factor 2.5)
WITH reference AS (SELECT unnest([5000, 10000, 20000, 50000, 200000]) AS step,
  unnest([[28, 11, 2.5, 0.4, 0.1], [36, 23.5, 11.7, 1.8, 0.3], [37.6, 26, 15.2, 6.9, 1.1], [38, 26.7, 16.7, 8.5, 2.8], [38, 27.2, 17.9, 9.6, 3.7]]) AS strengths)
SELECT list(round(mean, 1) ORDER BY index, step) AS measured,
  count(*) = 25 AND bool_and(mean / strengths[index + 1] BETWEEN 1 / 2.5 AND 2.5) AS holds
FROM curves JOIN reference USING (step) WHERE metric = 'mode_strength' AND split = 'validation' AND student = 'relu' AND index < 5;

-- entry: R-1H
-- claim: The first four modes reach at least .8 of the teacher's strength.
-- expected: at least .8
SELECT list(round(mean, 3) ORDER BY index) AS measured, min(mean) >= 0.8 AS holds
FROM (SELECT index, arg_max(mean, step) AS mean FROM curves WHERE metric = 'normalised_mode_strength' AND split = 'validation' AND student = 'relu' AND index < 4 GROUP BY index);

-- entry: R-1H
-- claim: Their half-rises come in the order of the teacher's modes.
-- expected: ascending epochs, 1 to 5
WITH rises AS (
  SELECT index, step, mean, lag(step) OVER w AS before, lag(mean) OVER w AS mean_before, last_value(mean) OVER (w ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) / 2 AS half
  FROM curves WHERE metric = 'mode_strength' AND split = 'validation' AND student = 'relu' AND index < 5 WINDOW w AS (PARTITION BY index ORDER BY step)),
halves AS (SELECT index, min(before + (half - mean_before) / (mean - mean_before) * (step - before)) AS epoch FROM rises WHERE mean >= half AND mean_before < half GROUP BY index)
SELECT list(round(epoch) ORDER BY index) AS measured, count(*) = 5 AND list(epoch ORDER BY index) = list_sort(list(epoch)) AS holds FROM halves;
