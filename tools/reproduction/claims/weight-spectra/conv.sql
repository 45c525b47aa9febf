-- sweep: sweeps/weight-spectra/conv.yaml

-- entry: S7 (Fig. 6)
-- claim: The matrices of convolutions lose rank with weight decay, the last ones most.
-- expected: the mean over W2 to W6 descends from each decay to the next, and W6 strictly, by a third from 0 to .01
WITH last AS (SELECT weight_decay, avg(mean) AS inner_kernels, max(mean) FILTER (component = 'W6') AS deepest FROM curves
  WHERE metric = 'normalised_effective_rank' AND component IN ('W2', 'W3', 'W4', 'W5', 'W6') AND step = 1000 GROUP BY weight_decay)
SELECT string_agg(format('{:.2f} (W6 {:.2f})', inner_kernels, deepest), ', ' ORDER BY weight_decay) AS measured,
  count(*) = 4 AND list(inner_kernels ORDER BY weight_decay) = list_reverse_sort(list(inner_kernels)) AND list(deepest ORDER BY weight_decay) = list_reverse_sort(list(deepest))
  AND max(deepest) FILTER (weight_decay = 0.01) < max(deepest) FILTER (weight_decay = 0) * 2 / 3 AS holds FROM last;

-- entry: S7 (Fig. 3)
-- claim: Without decay, too, rank is lost in training, in the last kernels more than in the first.
-- expected: from the first step to the last W6 loses more than .1 and W2 less than .05
WITH lost AS (SELECT component, arg_min(mean, step) - arg_max(mean, step) AS rank FROM curves
  WHERE metric = 'normalised_effective_rank' AND weight_decay = 0 AND component IN ('W2', 'W3', 'W4', 'W5', 'W6') GROUP BY component)
SELECT list(round(rank, 3) ORDER BY component) AS measured, max(rank) FILTER (component = 'W6') > 0.1 AND max(rank) FILTER (component = 'W2') < 0.05 AS holds FROM lost;

-- entry: S7 (Fig. 6)
-- claim: Norms fall with decay, and the largest leaves no network at all.
-- expected: norms of every matrix descend; at .1 they end below a thousandth, with the training loss of chance, ln 10 = 2.30
WITH norms AS (SELECT component, list(mean ORDER BY weight_decay) AS norms FROM curves WHERE metric = 'weight_norm' AND step = 1000 GROUP BY component),
dead AS (SELECT mean AS loss FROM curves WHERE metric = 'loss' AND split = 'train' AND step = 1000 AND weight_decay = 0.1)
SELECT format('W6 {}, training loss {:.2f}', (SELECT list_transform(norms, lambda norm: round(norm, 1)) FROM norms WHERE component = 'W6'), (SELECT loss FROM dead)) AS measured,
  bool_and(norms = list_reverse_sort(norms) AND norms[4] < 1e-3) AND (SELECT loss BETWEEN 2.28 AND 2.32 FROM dead) AS holds FROM norms;

-- entry: S7 (Fig. 4)
-- claim: The upper half of the spectra does most of what the whole network does, with statistics of its own.
-- expected: training loss .28 beside .002 of the whole (one seed, 500 steps); without decay between .1 and .9, the whole below .01
SELECT format('{:.2f} beside {:.4f}', max(mean) FILTER (component = 'keep_top'), max(mean) FILTER (component = 'whole')) AS measured,
  max(mean) FILTER (component = 'keep_top') BETWEEN 0.1 AND 0.9 AND max(mean) FILTER (component = 'whole') < 0.01 AS holds
FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 1000 AND weight_decay = 0;

-- entry: S7 (Fig. 14)
-- claim: What the upper half loses to the whole shrinks with weight decay.
-- expected: the difference of the training losses descends, by half from 0 to .01
WITH halves AS (SELECT weight_decay, max(mean) FILTER (component = 'keep_top') - max(mean) FILTER (component = 'whole') AS gap FROM curves
  WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 1000 GROUP BY weight_decay)
SELECT list(round(gap, 3) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND list(gap ORDER BY weight_decay) = list_reverse_sort(list(gap)) AND max(gap) FILTER (weight_decay = 0.01) < max(gap) FILTER (weight_decay = 0) / 2 AS holds FROM halves;

-- entry: S7 (Fig. 4, 14)
-- claim: The lower half of the spectra is worth nothing, also where the whole network has learned all.
-- expected: training loss at least 2.2 for every decay (chance is ln 10 = 2.30), while the whole network's is below .1 up to decay .01
SELECT list(format('{:.2f} beside {:.4f}', half, whole) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND min(half) >= 2.2 AND max(whole) FILTER (weight_decay <= 0.01) < 0.1 AS holds
FROM (SELECT weight_decay, max(mean) FILTER (component = 'keep_bottom') AS half, max(mean) FILTER (component = 'whole') AS whole
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 1000 GROUP BY weight_decay);

-- entry: S7
-- claim: Some decay generalises better than none.
-- expected: smaller validation loss at .001 than at 0, larger again at .01
SELECT list(round(mean, 3) ORDER BY weight_decay) AS measured,
  max(mean) FILTER (weight_decay = 0.001) < max(mean) FILTER (weight_decay = 0) AND max(mean) FILTER (weight_decay = 0.001) < max(mean) FILTER (weight_decay = 0.01) AS holds
FROM curves WHERE metric = 'loss' AND split = 'validation' AND step = 1000;

-- entry: S7 (Fig. 5, 7)
-- claim: The last kernel aligns with the head.
-- expected: W6-W7 begins at chance (64 dimensions: .100) and ends three times as high, for every decay that leaves a network
WITH pair AS (SELECT weight_decay, arg_min(mean, step) AS first, arg_max(mean, step) AS final FROM curves
  WHERE metric = 'layer_alignment' AND component = 'W6-W7' AND weight_decay <= 0.01 GROUP BY weight_decay)
SELECT string_agg(format('{:.2f} to {:.2f}', first, final), ', ' ORDER BY weight_decay) AS measured,
  count(*) = 3 AND max(first) < 0.12 AND min(final) > 3 * 0.0998 AS holds FROM pair;

-- entry: S7 (Fig. 5, 7)
-- claim: Kernels align with one another, at their centres, as the paper's do.
-- expected: without decay, at least three times chance in every pair: the centre of a random vector of 9 c numbers has .8 / sqrt(9 c) in common with one of c, .066 for 16 channels, .047 for 32, .033 for 64
-- cause: they do not at this size. Pairs end at one to two times chance, the deepest ones highest, and decay brings no trend, as the paper says of all networks but transformers.
WITH pairs AS (SELECT component, mean / (0.7979 / sqrt(9 * CASE component WHEN 'W1-W2' THEN 16 WHEN 'W2-W3' THEN 16 WHEN 'W3-W4' THEN 32 WHEN 'W4-W5' THEN 32 ELSE 64 END)) AS times
  FROM curves WHERE metric = 'layer_alignment' AND component <> 'W6-W7' AND weight_decay = 0 AND step = 1000)
SELECT format('times chance: {}', list(round(times, 1) ORDER BY component)) AS measured, count(*) = 5 AND min(times) >= 3 AS holds FROM pairs;

-- entry: S7 (Fig. 9)
-- claim: Without decay the top singular vectors are those of the end before the learning rate falls.
-- expected: agreement above .95 in every matrix at the last measurement before step 800, and below .2 at the beginning
WITH agreement AS (SELECT component, arg_min(mean, step) AS first, arg_max(mean, step) AS late FROM curves
  WHERE metric = 'final_agreement' AND weight_decay = 0 AND step < 800 GROUP BY component)
SELECT format('{:.2f} to {:.2f}, at the beginning {:.2f} to {:.2f}', min(late), max(late), min(first), max(first)) AS measured,
  count(*) = 7 AND min(late) > 0.95 AND max(first) < 0.2 AS holds FROM agreement;

-- entry: S7 (Fig. 9)
-- claim: With decay they go on turning: batch norm lets small weights turn fast.
-- expected: the mean over kernels at the last measurement before step 800 descends from decay 0 to .001 to .01, where it is below .4
WITH agreement AS (SELECT weight_decay, avg(mean) AS mean FROM curves
  WHERE metric = 'final_agreement' AND component <> 'W7' AND weight_decay <= 0.01
    AND step = (SELECT max(step) FROM curves WHERE metric = 'final_agreement' AND step < 800) GROUP BY weight_decay)
SELECT list(round(mean, 2) ORDER BY weight_decay) AS measured,
  count(*) = 3 AND list(mean ORDER BY weight_decay) = list_reverse_sort(list(mean)) AND min(mean) < 0.4 AS holds FROM agreement;
