-- sweep: sweeps/weight-spectra/language-model.yaml

-- entry: Fig. 3, Fig. 6
-- claim: All matrices lose rank while the network learns, whatever the decay.
-- expected: normalised effective rank at the end below that at the beginning in at least eight of ten matrices, for every decay
WITH ranks AS (SELECT weight_decay, component, max(mean) FILTER (step = 0) AS first, max(mean) FILTER (step = 400) AS last
  FROM curves WHERE metric = 'normalised_effective_rank' GROUP BY weight_decay, component),
counts AS (SELECT weight_decay, count(*) FILTER (last < first) AS fallen, count(*) AS n FROM ranks GROUP BY weight_decay)
SELECT list(format('decay {}: {} of {}', weight_decay, fallen, n) ORDER BY weight_decay) AS measured, count(*) = 4 AND bool_and(fallen >= 0.8 * n) AS holds FROM counts;

-- entry: Fig. 6
-- claim: The more decay, the lower the ranks.
-- expected: mean over matrices does not rise with decay (slack .005), and is at least .1 lower at decay 10 than without
WITH ranks AS (SELECT weight_decay, avg(mean) AS rank FROM curves WHERE metric = 'normalised_effective_rank' AND step = 400 GROUP BY weight_decay),
steps AS (SELECT weight_decay, rank, lag(rank) OVER (ORDER BY weight_decay) AS before FROM ranks)
SELECT list(round(rank, 3) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND bool_and(before IS NULL OR rank <= before + 0.005) AND max(rank) FILTER (weight_decay = 0) - max(rank) FILTER (weight_decay = 10) >= 0.1 AS holds FROM steps;

-- entry: Fig. 4
-- claim: The larger half of the spectra does most of the work, the smaller half next to none.
-- expected: without decay, validation loss of the larger half much nearer to the whole network's than that of the smaller half: at most a third as far
-- cause: without decay the spectra of a network so small and so shortly trained are nearly as full as random ones (normalised effective rank .84), so the larger half is hardly more than a half. With decay it is as the paper says: next claim.
WITH halves AS (SELECT max(mean) FILTER (component = 'whole') AS whole, max(mean) FILTER (component = 'keep_top') AS top, max(mean) FILTER (component = 'keep_bottom') AS bottom
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'validation' AND weight_decay = 0 AND step = 400)
SELECT format('{:.2f}; larger half {:.2f}, smaller half {:.2f}', whole, top, bottom) AS measured, top - whole <= (bottom - whole) / 3 AS holds FROM halves;

-- entry: Fig. 14
-- claim: With decay the larger half is as good as the whole, and the network has still learned.
-- expected: what the larger half loses on training examples falls with decay, at 10 to at most half of that without, while the loss is below 2.4 (a uniform guess: ln 28 = 3.33)
WITH halves AS (SELECT weight_decay, max(mean) FILTER (component = 'whole') AS whole, max(mean) FILTER (component = 'keep_top') - max(mean) FILTER (component = 'whole') AS gap
  FROM curves WHERE metric = 'half_spectrum_loss' AND split = 'train' AND step = 400 GROUP BY weight_decay)
SELECT list(format('{:.3f} over {:.2f}', gap, whole) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND max(gap) FILTER (weight_decay = 10) <= max(gap) FILTER (weight_decay = 0) / 2 AND max(whole) < 2.4 AS holds FROM halves;

-- entry: Fig. 5, Fig. 7
-- claim: Queries align with keys, and more with decay.
-- expected: mean of both blocks at the end above the beginning for every decay, and at decay 1 at least 1.3 times as large as without (at 10 few directions are left, and the other vectors of the ten are arbitrary)
WITH pairs AS (SELECT weight_decay, avg(mean) FILTER (step = 0) AS first, avg(mean) FILTER (step = 400) AS last
  FROM curves WHERE metric = 'layer_alignment' AND component LIKE '%.query-%' GROUP BY weight_decay)
SELECT list(format('{:.2f}, then {:.2f}', first, last) ORDER BY weight_decay) AS measured,
  count(*) = 4 AND bool_and(last > first) AND max(last) FILTER (weight_decay = 1) >= 1.3 * max(last) FILTER (weight_decay = 0) AS holds FROM pairs;

-- entry: Fig. 7
-- claim: W1 and W2 align with decay, although a ReLU stands between them.
-- expected: mean of both blocks at the end larger at decay 10 than without, by a factor of 1.5 at least
WITH pairs AS (SELECT weight_decay, avg(mean) AS last FROM curves WHERE metric = 'layer_alignment' AND component LIKE 'W1_%-W2_%' AND step = 400 GROUP BY weight_decay)
SELECT list(round(last, 3) ORDER BY weight_decay) AS measured, max(last) FILTER (weight_decay = 10) >= 1.5 * max(last) FILTER (weight_decay = 0) AS holds FROM pairs;

-- entry: Fig. 9
-- claim: The top singular vectors are earlier those of the end than the ones further down.
-- expected: agreement with the end at step 200, mean over ranks 0-9 against 40-49 of all square and larger matrices without decay: larger in every matrix
WITH agreement AS (SELECT component, avg(mean) FILTER (index < 10) AS top, avg(mean) FILTER (index BETWEEN 40 AND 49) AS below
  FROM curves WHERE metric = 'final_agreement_diagonal' AND weight_decay = 0 AND step = 200 GROUP BY component)
SELECT list(format('{}: {:.2f}, {:.2f}', component, top, below) ORDER BY component) FILTER (below IS NOT NULL) AS measured,
  count(below) = 8 AND bool_and(top > below) FILTER (below IS NOT NULL) AS holds FROM agreement;
