-- sweep: sweeps/weight-spectra/speech.yaml

-- entry: the task
-- claim: Up to decay 1 the network learns to spell what it hears; at decay 10 it says nothing.
-- expected: error rate below .02 on training and .08 on validation sequences; at decay 10 at 1, what silence has
SELECT list(round(mean, 3) ORDER BY split, weight_decay) AS measured,
  count(*) = 8 AND max(mean) FILTER (weight_decay <= 1 AND split = 'train') < 0.02 AND max(mean) FILTER (weight_decay <= 1 AND split = 'validation') < 0.08
  AND min(mean) FILTER (weight_decay = 10) > 0.98 AS holds
FROM curves WHERE metric = 'character_error_rate' AND step = 1000;

-- entry: Fig. 3
-- claim: The rank of every matrix falls while the network learns, also without decay.
-- expected: the paper shows it for most matrices; here for all 13, by a twentieth or more for at least 12, at decay 0
WITH ranks AS (SELECT component, max(mean) FILTER (step = 0) AS first, max(mean) FILTER (step = 1000) AS last FROM curves
  WHERE metric = 'normalised_effective_rank' AND weight_decay = 0 GROUP BY component)
SELECT list(format('{} {:.2f} {:.2f}', component, first, last) ORDER BY component) AS measured,
  count(*) = 13 AND bool_and(last < first) AND count(*) FILTER (last < 0.95 * first) >= 12 AS holds FROM ranks;

-- entry: Fig. 6
-- claim: Ranks fall further with decay.
-- expected: for every matrix but the head lower at decay 1 than at 0 by a tenth at least, and lower still at 10
WITH ranks AS (SELECT component, max(mean) FILTER (weight_decay = 0) AS none, max(mean) FILTER (weight_decay = 1) AS one, max(mean) FILTER (weight_decay = 10) AS ten
  FROM curves WHERE metric = 'normalised_effective_rank' AND step = 1000 AND component <> 'head' GROUP BY component)
SELECT list(format('{} {:.2f} {:.2f} {:.2f}', component, none, one, ten) ORDER BY component) AS measured,
  count(*) = 12 AND bool_and(one < none - 0.1 AND ten < one) AS holds FROM ranks;

-- entry: Fig. 6
-- claim: At decay 10 it is the weights that are gone: norms collapse with the ranks.
-- expected: the paper's largest decay collapses too: every norm at most half of what it is at decay 1
WITH norms AS (SELECT component, max(mean) FILTER (weight_decay = 1) AS one, max(mean) FILTER (weight_decay = 10) AS ten
  FROM curves WHERE metric = 'weight_norm' AND step = 1000 GROUP BY component)
SELECT list(format('{} {:.1f} {:.1f}', component, one, ten) ORDER BY component) AS measured, count(*) = 13 AND bool_and(ten < one / 2) AS holds FROM norms;

-- entry: Fig. 4
-- claim: The upper half of the spectra does what the whole does, the lower half nothing.
-- expected: training loss (nats a label) of keep_top within .05 of the whole's, of keep_bottom above 2.5 (what decay 10 ends with), up to decay 1
WITH halves AS (SELECT weight_decay, max(mean) FILTER (component = 'whole') AS whole, max(mean) FILTER (component = 'keep_top') AS top,
  max(mean) FILTER (component = 'keep_bottom') AS bottom
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 1000 AND weight_decay <= 1 GROUP BY weight_decay)
SELECT list(format('{:.3f} {:.3f} {:.2f}', whole, top, bottom) ORDER BY weight_decay) AS measured,
  count(*) = 3 AND max(top - whole) < 0.05 AND min(bottom) > 2.5 AS holds FROM halves;

-- entry: Fig. 14
-- claim: What the upper half loses to the whole gets smaller with decay.
-- expected: a fifth smaller at decay 1 than at 0. Does not show at this size: the upper half loses next to nothing (.005 nats a label) at every decay with which it learns
WITH halves AS (SELECT weight_decay, max(mean) FILTER (component = 'keep_top') - max(mean) FILTER (component = 'whole') AS gap
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 1000 GROUP BY weight_decay)
SELECT list(round(gap, 4) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND max(gap) FILTER (weight_decay = 1) < 0.8 * max(gap) FILTER (weight_decay = 0) AS holds FROM halves;

-- entry: Fig. 5
-- claim: Neighbours align little: the rows of the cell gate with what reads them, those of the other gates not at all.
-- expected: mean over the 18 pairs of the cell gate up by a fifth at least at decay 0, by half at decay 1; over the 54 of the others within a tenth of the start
WITH pairs AS (SELECT contains(component, '.cell-') AS cell, weight_decay, avg(mean) FILTER (step = 0) AS first, avg(mean) FILTER (step = 1000) AS last
  FROM curves WHERE metric = 'layer_alignment' AND weight_decay IN (0, 1) GROUP BY cell, weight_decay)
SELECT list(format('{:.3f} {:.3f}', first, last) ORDER BY cell, weight_decay) AS measured,
  count(*) = 4 AND bool_and(CASE WHEN NOT cell THEN abs(last / first - 1) < 0.1 WHEN weight_decay = 1 THEN last > 1.5 * first ELSE last > 1.2 * first END) AS holds
FROM pairs;

-- entry: Fig. 7
-- claim: Decay aligns neighbours more.
-- expected: mean over the pairs of the cell gate larger at decay 1 than at 0
WITH pairs AS (SELECT weight_decay, avg(mean) AS last FROM curves
  WHERE metric = 'layer_alignment' AND step = 1000 AND weight_decay <= 1 AND contains(component, '.cell-') GROUP BY weight_decay)
SELECT list(round(last, 3) ORDER BY weight_decay) AS measured,
  count(*) = 3 AND max(last) FILTER (weight_decay = 1) > max(last) FILTER (weight_decay = 0) AS holds FROM pairs;

-- entry: Fig. 9
-- claim: The top singular vectors are those of the end earlier than the others.
-- expected: first step of agreement .9, mean over matrices: for ranks 1 to 4 at most .8 of what it is for ranks 13 to 20, at decays 0 and 1
WITH reached AS (SELECT weight_decay, component, index, min(step) AS step FROM curves
  WHERE metric = 'final_agreement_diagonal' AND mean > 0.9 AND weight_decay IN (0, 1) AND component <> 'head' GROUP BY ALL),
times AS (SELECT weight_decay, avg(step) FILTER (index < 4) AS top, avg(step) FILTER (index BETWEEN 12 AND 19) AS middle FROM reached GROUP BY weight_decay)
SELECT list(format('{:.0f} {:.0f}', top, middle) ORDER BY weight_decay) AS measured, count(*) = 2 AND bool_and(top < 0.8 * middle) AS holds FROM times;
