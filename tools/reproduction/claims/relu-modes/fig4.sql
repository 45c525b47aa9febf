-- sweep: sweeps/relu-modes/fig4.yaml

-- entry: R-4A
-- claim: A linear student of one linear mode: that mode's part of the training loss is all there is to learn.
-- expected: 1 + Delta_1 to 0, the loss below 1e-4
SELECT format('1 + Delta_1 = {:.1e}, loss {:.1e}', abs(part), loss) AS measured, abs(part) < 1e-4 AND loss < 1e-4 AS holds
FROM (SELECT max(mean) FILTER (metric = 'mode_loss' AND index = 0) AS part, max(mean) FILTER (metric = 'relative_loss') AS loss
  FROM curves WHERE student = 'linear' AND split = 'train' AND len(teacher_spectrum) = 1 AND step = 80000);

-- entry: R-4B
-- claim: In leaky-ReLU students of one mode the nonlinear part leads at first, and the linear one soon overtakes it.
-- expected: the nonlinear part has fallen further where a seed's loss first is below .99 (4 of 4 in independent runs) in at least 7 of 8 seeds, below .5 (1 of 4) in at most 2 of 8
WITH parts AS (
  SELECT seed, step, max(value) FILTER (metric = 'relative_loss') AS loss, max(value) FILTER (component = 'linear') AS linear, max(value) FILTER (component = 'nonlinear') AS nonlinear
  FROM measurements JOIN trials USING (trial_id)
  WHERE metric IN ('relative_loss', 'linear_split') AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 1 GROUP BY ALL),
reached AS (SELECT level, seed, min(step) AS step FROM parts, (SELECT unnest([0.99, 0.9, 0.75, 0.5]) AS level) WHERE loss < level GROUP BY ALL),
leads AS (SELECT level, count(*) AS seeds, count(*) FILTER (nonlinear < linear) AS ahead FROM reached JOIN parts USING (seed, step) GROUP BY level)
SELECT string_agg(format('below {}: {} of {}', level, ahead, seeds), ', ' ORDER BY level DESC) AS measured,
  min(seeds) = 8 AND max(ahead) FILTER (level = 0.99) >= 7 AND max(ahead) FILTER (level = 0.5) <= 2 AS holds
FROM leads;

-- entry: R-4B
-- claim: In the end the linear part carries .61 of the targets' power and the rest .39.
-- expected: 1 + lin = .39, 1 + nl = .61, each within .04
SELECT format('linear {:.3f}, nonlinear {:.3f}', max(mean) FILTER (component = 'linear'), max(mean) FILTER (component = 'nonlinear')) AS measured,
  abs(max(mean) FILTER (component = 'linear') - 0.39) < 0.04 AND abs(max(mean) FILTER (component = 'nonlinear') - 0.61) < 0.04 AS holds
FROM curves WHERE metric = 'linear_split' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 1 AND step = 80000;

-- entry: R-4C
-- claim: Where the teacher's linear part is taken out, the student's linear part harms on new examples while the rest is learned, and less afterwards.
-- expected: on validation 1 + lin above 1.01 at an epoch of 1000 to 5000, less at the end (on training data, where residuals have no linear part, it cannot help)
SELECT format('{:.4f} at {}, then {:.4f}', max(mean), arg_max(step, mean), arg_max(mean, step)) AS measured,
  max(mean) > 1.01 AND arg_max(step, mean) BETWEEN 1000 AND 5000 AND arg_max(mean, step) < max(mean) AS holds
FROM curves WHERE metric = 'linear_split' AND component = 'linear' AND split = 'validation' AND residual_teacher AND len(teacher_spectrum) = 1;

-- entry: R-4C
-- claim: The residual is learned sooner to a loss of 1e-2, and more slowly to the small training losses that the paper looks at.
-- expected: at most half the epochs to 1e-2; more epochs to 1.2e-3 (independent runs: about 50000 and 15000)
WITH reached AS (SELECT residual_teacher, min(step) FILTER (mean <= 1e-2) AS early, min(step) FILTER (mean <= 1.2e-3) AS late
  FROM curves WHERE metric = 'relative_loss' AND split = 'train' AND student = 'relu' AND len(teacher_spectrum) = 1 GROUP BY residual_teacher),
pair AS (SELECT max(early) FILTER (residual_teacher) AS residual, max(early) FILTER (NOT residual_teacher) AS original,
  max(late) FILTER (residual_teacher) AS residual_late, max(late) FILTER (NOT residual_teacher) AS original_late FROM reached)
SELECT format('{} and {}; {} and {}', residual, original, coalesce(residual_late::VARCHAR, 'not within 80000'), original_late) AS measured,
  residual <= original / 2 AND coalesce(residual_late, 80001) > original_late AS holds
FROM pair;

-- entry: R-4D
-- claim: A linear student of five linear modes: each takes its share.
-- expected: 1 - s^2 / 5500 = .545 .709 .836 .927 .982
SELECT list(round(mean, 3) ORDER BY index) AS measured, max(abs(mean - (1 - ([50, 40, 30, 20, 10])[index + 1] ** 2 / 5500))) < 1e-3 AS holds
FROM curves WHERE metric = 'mode_loss' AND split = 'train' AND student = 'linear' AND len(teacher_spectrum) = 5 AND step = 80000 AND index < 5;

-- entry: R-4E
-- claim: All five modes of the leaky-ReLU student help in the end.
-- expected: lin_a + nl_a + x_a below 0 for a = 1 to 5
WITH parts AS (SELECT index, sum(if(component = 'cross', mean, mean - 1)) AS delta
  FROM curves WHERE metric = 'mode_linear_split' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 5 AND step = 80000 AND index < 5 GROUP BY index)
SELECT list(round(delta, 3) ORDER BY index) AS measured, count(*) = 5 AND max(delta) < 0 AS holds FROM parts;

-- entry: R-4E
-- claim: The strongest mode is learned linearly and nonlinearly.
-- expected: both parts of its loss above .2 in size
SELECT format('linear {:.3f}, nonlinear {:.3f}', max(mean - 1) FILTER (component = 'linear'), max(mean - 1) FILTER (component = 'nonlinear')) AS measured,
  min(abs(mean - 1)) > 0.2 AS holds
FROM curves WHERE metric = 'mode_linear_split' AND component <> 'cross' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 5 AND step = 80000 AND index = 0;

-- entry: R-4F
-- claim: With the linear part taken out of five modes, all that is learned is nonlinear, also on new examples.
-- expected: on validation 1 + lin within .01 of 1 at the end (independent run: at most 1.017, near 2000) and 1 + nl below .1
SELECT format('1 + lin = {:.4f}, 1 + nl = {:.4f}', max(mean) FILTER (component = 'linear'), max(mean) FILTER (component = 'nonlinear')) AS measured,
  abs(max(mean) FILTER (component = 'linear') - 1) < 0.01 AND max(mean) FILTER (component = 'nonlinear') < 0.1 AS holds
FROM curves WHERE metric = 'linear_split' AND split = 'validation' AND residual_teacher AND len(teacher_spectrum) = 5 AND step = 80000;

-- entry: R-4F
-- claim: The residual is learned faster at first, and more slowly to small losses.
-- expected: .328, .105, .032 at 2k, 20k, 80k, beside .95, .037, .011: below at 2k, above at 20k and 80k
WITH pair AS (SELECT step, max(mean) FILTER (residual_teacher) AS residual, max(mean) FILTER (NOT residual_teacher) AS original
  FROM curves WHERE metric = 'relative_loss' AND split = 'train' AND student = 'relu' AND len(teacher_spectrum) = 5 AND step IN (2000, 20000, 80000) GROUP BY step)
SELECT string_agg(format('{:.3f} beside {:.3f}', residual, original), ', ' ORDER BY step) AS measured,
  bool_and(if(step = 2000, residual < original, residual > original)) AS holds
FROM pair;
