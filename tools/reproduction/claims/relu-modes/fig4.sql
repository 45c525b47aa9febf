-- sweep: sweeps/relu-modes/fig4.yaml

-- entry: R-4A
-- claim: A linear student of one linear mode: that mode's part of the training loss is all there is to learn.
-- expected: 1 + Delta_1 to 0, the loss below 1e-4
SELECT format('1 + Delta_1 = {:.1e}, loss {:.1e}', abs(part), loss) AS measured, abs(part) < 1e-4 AND loss < 1e-4 AS holds
FROM (SELECT max(mean) FILTER (metric = 'mode_loss' AND index = 0) AS part, max(mean) FILTER (metric = 'relative_loss') AS loss
  FROM curves WHERE student = 'linear' AND split = 'train' AND len(teacher_spectrum) = 1 AND step = 80000);

-- entry: R-4B
-- claim: In a leaky-ReLU student of one mode the nonlinear part leads at first.
-- expected: where the loss first is below .99, the nonlinear part has fallen further (independent run at 2000: linear .992, nonlinear .987)
WITH start AS (SELECT min(step) AS epoch FROM curves WHERE metric = 'relative_loss' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 1 AND mean < 0.99)
SELECT format('at {}: linear {:.4f}, nonlinear {:.4f}', max(epoch), max(mean) FILTER (component = 'linear'), max(mean) FILTER (component = 'nonlinear')) AS measured,
  max(mean) FILTER (component = 'nonlinear') < max(mean) FILTER (component = 'linear') AS holds
FROM curves, start WHERE metric = 'linear_split' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 1 AND step = epoch;

-- entry: R-4B
-- claim: In the end the linear part carries .61 of the targets' power and the rest .39.
-- expected: 1 + lin = .39, 1 + nl = .61, each within .04
SELECT format('linear {:.3f}, nonlinear {:.3f}', max(mean) FILTER (component = 'linear'), max(mean) FILTER (component = 'nonlinear')) AS measured,
  abs(max(mean) FILTER (component = 'linear') - 0.39) < 0.04 AND abs(max(mean) FILTER (component = 'nonlinear') - 0.61) < 0.04 AS holds
FROM curves WHERE metric = 'linear_split' AND split = 'train' AND student = 'relu' AND NOT residual_teacher AND len(teacher_spectrum) = 1 AND step = 80000;

-- entry: R-4C
-- claim: Where the teacher's linear part is taken out, the student's linear part harms while the rest is learned.
-- expected: 1 + lin above 1.0005 at an epoch beyond 1000 (independent run: 1.0017 at 3000)
SELECT format('{:.4f} at {}', max(mean), arg_max(step, mean)) AS measured, max(mean) > 1.0005 AND arg_max(step, mean) > 1000 AS holds
FROM curves WHERE metric = 'linear_split' AND component = 'linear' AND split = 'train' AND residual_teacher AND len(teacher_spectrum) = 1;

-- entry: R-4C
-- claim: It takes longer to a small loss than with the linear part.
-- expected: more epochs to 1.2e-3 (independent runs: about 50000 and 15000)
WITH small AS (SELECT residual_teacher, min(step) FILTER (mean <= 1.2e-3) AS epoch
  FROM curves WHERE metric = 'relative_loss' AND split = 'train' AND student = 'relu' AND len(teacher_spectrum) = 1 GROUP BY residual_teacher)
SELECT format('{} and {}', coalesce(max(epoch) FILTER (residual_teacher)::VARCHAR, 'not within 80000'), max(epoch) FILTER (NOT residual_teacher)) AS measured,
  coalesce(max(epoch) FILTER (residual_teacher), 80001) > max(epoch) FILTER (NOT residual_teacher) AS holds
FROM small;

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
-- claim: With the linear part taken out of five modes, all that is learned is nonlinear.
-- expected: the linear part of the loss within .01 of zero at the end (independent run: at most 1.017, near 2000)
SELECT format('1 + lin = {:.4f} at the end, at most {:.4f}', arg_max(mean, step), max(mean)) AS measured, abs(arg_max(mean, step) - 1) < 0.01 AS holds
FROM curves WHERE metric = 'linear_split' AND component = 'linear' AND split = 'train' AND residual_teacher AND len(teacher_spectrum) = 5;

-- entry: R-4F
-- claim: The residual is learned faster at first, and more slowly to small losses.
-- expected: .328, .105, .032 at 2k, 20k, 80k, beside .95, .037, .011: below at 2k, above at 20k and 80k
WITH pair AS (SELECT step, max(mean) FILTER (residual_teacher) AS residual, max(mean) FILTER (NOT residual_teacher) AS original
  FROM curves WHERE metric = 'relative_loss' AND split = 'train' AND student = 'relu' AND len(teacher_spectrum) = 5 AND step IN (2000, 20000, 80000) GROUP BY step)
SELECT string_agg(format('{:.3f} beside {:.3f}', residual, original), ', ' ORDER BY step) AS measured,
  bool_and(if(step = 2000, residual < original, residual > original)) AS holds
FROM pair;
