-- sweep: sweeps/weight-spectra/tickets.yaml

-- entry: S6
-- claim: Of the largest 5 % of all weights, the first matrix has a larger share than the inner ones.
-- expected: .138, .028, .028; each within .002
SELECT list(round(mean, 4) ORDER BY component) AS measured,
  count(*) = 3 AND bool_and(abs(mean - CASE component WHEN 'W1' THEN 0.138 ELSE 0.028 END) < 0.002) AS holds
FROM curves WHERE metric = 'density' AND member = 1 AND keep = 0.05 AND component <> 'W4';

-- entry: S6 (Fig. 10b, c)
-- claim: Under the magnitude mask the final weights keep more of their leading singular vectors than under a random mask of equal density.
-- expected: matrix by matrix .04-.17 against .01-.04 (means .07-.12 against .010-.020); at least 3 times as much in the mean over the masked matrices, in every seed
WITH kept AS (SELECT trial_id, component, avg(value) AS agreement, min(value) AS least, max(value) AS most FROM measurements JOIN trials USING (trial_id)
  WHERE metric = 'mask_agreement' AND keep = 0.05 AND component IN ('0-1', '0-2') AND index < 3 GROUP BY trial_id, component)
SELECT format('{:.3f} to {:.3f} against {:.3f} to {:.3f} (means {:.3f} to {:.3f} against {:.3f} to {:.3f})', min(m.least), max(m.most), min(r.least), max(r.most),
    min(m.agreement), max(m.agreement), min(r.agreement), max(r.agreement)) AS measured,
  count(*) = 6 AND bool_and(m.agreement >= 3 * r.agreement) AS holds
FROM kept m JOIN kept r USING (trial_id) WHERE m.component = '0-1' AND r.component = '0-2';

-- entry: S6 (Fig. 10b, c)
-- claim: The more weights a mask keeps, the more it keeps of the singular vectors, and the magnitude mask always keeps more than the random one.
-- expected: means over matrices and seeds rise with keep from .01 on under both masks; two and a half times the random mask's, at least, from .01 on
WITH kept AS (SELECT keep, avg(mean) FILTER (component = '0-1') AS magnitude, avg(mean) FILTER (component = '0-2') AS random
  FROM curves WHERE metric = 'mask_agreement' AND index < 3 AND keep >= 0.01 GROUP BY keep)
SELECT string_agg(format('{}: {:.3f} against {:.3f}', keep, magnitude, random), ', ' ORDER BY keep) AS measured,
  count(*) = 4 AND bool_and(magnitude >= 2.5 * random) AND list(magnitude ORDER BY keep) = list_sort(list(magnitude)) AND list(random ORDER BY keep) = list_sort(list(random)) AS holds
FROM kept;

-- entry: Fig. 10c
-- claim: As in the paper's network of 13 convolutions, the late matrices keep less of their singular vectors than the early ones.
-- expected: the last masked matrix less than the first, at 5 %
-- cause: that network's late layers are eight times as wide as its early ones and keep far fewer of their weights. Here the matrices have one width, and the last masked one keeps most in every run, in the reference's too (.043, .058, .115 and .096, .070, .141): the classes are in few of its directions.
SELECT list(round(mean, 3) ORDER BY index) AS measured, max(mean) FILTER (index = 2) < max(mean) FILTER (index = 0) AS holds
FROM curves WHERE metric = 'mask_agreement' AND component = '0-1' AND keep = 0.05 AND index < 3;

-- entry: S6 (Fig. 10a)
-- claim: Retrained from step 120, 5 % of the weights learn the data where they were the largest at the end, and stall where they are any.
-- expected: training loss .006-.013 against .98-1.54; at most .03 and at least 20 times as much, in every seed
WITH ends AS (SELECT trial_id, max(value) FILTER (member = 1) AS magnitude, max(value) FILTER (member = 2) AS random FROM measurements JOIN trials USING (trial_id)
  WHERE metric = 'loss' AND split = 'train' AND keep = 0.05 AND step = 4680 GROUP BY trial_id)
SELECT format('{:.4f} to {:.4f} against {:.2f} to {:.2f}', min(magnitude), max(magnitude), min(random), max(random)) AS measured,
  count(*) = 6 AND max(magnitude) <= 0.03 AND bool_and(random >= 20 * magnitude) AS holds FROM ends;

-- entry: S6 (Fig. 10a)
-- claim: Which weights are kept matters less, the more are kept; with one in a thousand neither mask learns.
-- expected: random over magnitude falls from 5 % to 20 %, to less than 10; both losses above 2 at .1 %
WITH ends AS (SELECT keep, max(mean) FILTER (member = 1) AS magnitude, max(mean) FILTER (member = 2) AS random
  FROM curves WHERE metric = 'loss' AND split = 'train' AND step = 4680 GROUP BY keep), ratios AS (SELECT *, random / magnitude AS ratio FROM ends)
SELECT string_agg(format('{}: {:.4f} against {:.4f}', keep, magnitude, random), ', ' ORDER BY keep) AS measured,
  list(ratio ORDER BY keep DESC) FILTER (keep >= 0.05) = list_sort(list(ratio) FILTER (keep >= 0.05)) AND max(ratio) FILTER (keep = 0.2) < 10
  AND min(least(magnitude, random)) FILTER (keep = 0.001) > 2 AS holds
FROM ratios;

-- entry: S6 (Fig. 10d, e)
-- claim: Trained under the magnitude mask, a network comes back to leading singular vectors of the unmasked one at equal steps; under the random mask it does not.
-- expected: at the end the mean over the masked matrices is .07-.08 (independent runs) against .007-.009; at least 3 times as much, and the random one at most three times chance (.0057 for random directions, by the formula of figure 12)
WITH ends AS (SELECT trial_id, avg(value) FILTER (component = '0-1') AS magnitude, avg(value) FILTER (component = '0-2') AS random FROM measurements JOIN trials USING (trial_id)
  WHERE metric = 'branch_agreement' AND keep = 0.05 AND step = 4680 AND index < 3 GROUP BY trial_id)
SELECT format('{:.3f} to {:.3f} against {:.3f} to {:.3f}', min(magnitude), max(magnitude), min(random), max(random)) AS measured,
  count(*) = 6 AND bool_and(magnitude >= 3 * random) AND max(random) <= 3 * 0.0057 AS holds FROM ends;
