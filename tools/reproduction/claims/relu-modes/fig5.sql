-- sweep: sweeps/relu-modes/fig5.yaml

-- entry: R-5A
-- claim: The students learn the codes of the convolutional teacher.
-- expected: relative validation loss below .05
SELECT round(mean, 4) AS measured, mean < 0.05 AS holds
FROM curves WHERE metric = 'relative_loss' AND split = 'validation' AND step = 1500;

-- entry: R-5B
-- claim: There are pictures of the input and of the five modes, of teacher and students, for both classes.
-- expected: 24 pictures of 28 x 28 pixels in every seed; signs such that the product of a mode's picture and the input is not negative
WITH pixels AS (
  SELECT trial_id, split_part(component, ': ', 1) AS whose, split_part(component, ': ', 2) AS what, index, value FROM measurements WHERE metric = 'mode_picture'),
pictures AS (
  SELECT p.trial_id, p.whose, p.what, count(*) AS size, sum(p.value * input.value) AS product
  FROM pixels p JOIN pixels input ON (input.trial_id, input.whose, input.index) = (p.trial_id, p.whose, p.index) AND input.what = 'input' GROUP BY ALL)
SELECT format('{} pictures of {} pixels', count(*) // count(DISTINCT trial_id), max(size)) AS measured,
  count(*) = 24 * 8 AND count(DISTINCT trial_id) = 8 AND min(size) = 784 AND max(size) = 784 AND min(product) >= 0 AS holds
FROM pictures;

-- entry: R-5B
-- claim: What the students' first two modes answer to in the input is what the teacher's first two answer to.
-- expected: at both pictures, in every seed: more than half of the two pictures lies in the plane of the teacher's two (.003 by chance); one by one they mix where the teacher's two are nearly as strong as one another
WITH pixels AS (
  SELECT trial_id, component[7] AS class, component LIKE '%student%' AS is_student, right(component, 6) AS mode, index, value
  FROM measurements WHERE metric = 'mode_picture' AND (component LIKE '%mode 1' OR component LIKE '%mode 2')),
products AS (
  SELECT s.trial_id, s.class, sum(s.value * t.value) AS product
  FROM pixels s JOIN pixels t ON (s.trial_id, s.class, s.index) = (t.trial_id, t.class, t.index) AND s.is_student AND NOT t.is_student
  GROUP BY s.trial_id, s.class, s.mode, t.mode),
shares AS (SELECT sum(product * product) / 2 AS share FROM products GROUP BY trial_id, class)
SELECT format('{:.2f} to {:.2f}', min(share), max(share)) AS measured, count(*) = 16 AND min(share) > 0.5 AS holds
FROM shares;

-- entry: R-5C
-- claim: The first two latent dimensions tell the classes apart.
-- expected: a linear classifier (Fisher's discriminant, fitted and judged on the validation codes of each seed) is right for more than 95 %
WITH codes AS (
  SELECT trial_id, component[7]::INT AS class, index, max(value) FILTER (component LIKE '%latent 1') AS x, max(value) FILTER (component LIKE '%latent 2') AS y
  FROM measurements WHERE metric = 'latent_code' AND (component LIKE '%latent 1' OR component LIKE '%latent 2') GROUP BY ALL),
centred AS (SELECT *, x - avg(x) OVER w AS dx, y - avg(y) OVER w AS dy FROM codes WINDOW w AS (PARTITION BY trial_id, class)),
moments AS (
  SELECT trial_id, sum(dx * dx) AS xx, sum(dx * dy) AS xy, sum(dy * dy) AS yy, avg(x) FILTER (class = 0) AS x0, avg(x) FILTER (class = 1) AS x1,
    avg(y) FILTER (class = 0) AS y0, avg(y) FILTER (class = 1) AS y1 FROM centred GROUP BY trial_id),
direction AS (SELECT *, (yy * (x1 - x0) - xy * (y1 - y0)) AS wx, (xx * (y1 - y0) - xy * (x1 - x0)) AS wy FROM moments),
right_ones AS (
  SELECT trial_id, avg(((wx * (x - (x0 + x1) / 2) + wy * (y - (y0 + y1) / 2) > 0) = (class = 1))::INT) AS share
  FROM codes JOIN direction USING (trial_id) GROUP BY trial_id)
SELECT format('{:.1f} % to {:.1f} %', 100 * min(share), 100 * max(share)) AS measured, count(*) = 8 AND min(share) > 0.95 AS holds FROM right_ones;

-- entry: R-5D
-- claim: The modes' strengths rise in their order.
-- expected: half-rises in the order 1 to 5
WITH rises AS (
  SELECT index, step, mean, lag(step) OVER w AS before, lag(mean) OVER w AS mean_before
  FROM curves WHERE metric = 'normalised_mode_strength' AND split = 'validation' WINDOW w AS (PARTITION BY index ORDER BY step)),
halves AS (SELECT index, min(before + (0.5 - mean_before) / (mean - mean_before) * (step - before)) AS epoch FROM rises WHERE mean >= 0.5 AND mean_before < 0.5 GROUP BY index)
SELECT list(round(epoch, 1) ORDER BY index) AS measured, count(*) = 5 AND list(epoch ORDER BY index) = list_sort(list(epoch)) AS holds FROM halves;

-- entry: R-5
-- claim: The first two modes align with the teacher's.
-- expected: alignment rises by more than .3 and ends above .75 (chance is .36 to .38, at step 0)
WITH ends AS (SELECT index, arg_min(mean, step) AS first, arg_max(mean, step) AS final FROM curves
  WHERE source = 'run' AND metric = 'alignment_left' AND split = 'validation' AND index < 2 GROUP BY index)
SELECT string_agg(format('{:.2f} to {:.2f}', first, final), ', ' ORDER BY index) AS measured, bool_and(final - first > 0.3 AND final > 0.75) AS holds FROM ends;
