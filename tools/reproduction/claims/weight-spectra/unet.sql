-- sweep: sweeps/weight-spectra/unet.yaml

-- entry: the task
-- claim: Up to decay 1 the network learns to see the noise in pictures that it has not seen; at decay 10 it hardly does.
-- expected: validation loss below a fifth of that of silence, at decay 10 above a half; no better on training pictures
SELECT list(format('{} {} {:.3f}', split, weight_decay, mean) ORDER BY split, weight_decay) AS measured,
  count(*) = 6 AND max(mean) FILTER (weight_decay <= 1) < 0.2 AND min(mean) FILTER (weight_decay = 10) > 0.5 AS holds
FROM curves WHERE metric = 'relative_loss' AND step = 1000;

-- entry: Fig. 3
-- claim: The ranks of nearly all matrices fall while the network learns, also without decay.
-- expected: four fifths of the matrices or more; here all but U1, the head, whose single filter has one singular value
WITH ranks AS (SELECT component, max(mean) FILTER (step = 0) AS first, max(mean) FILTER (step = 1000) AS last FROM curves
  WHERE metric = 'normalised_effective_rank' AND weight_decay = 0 GROUP BY component)
SELECT list(format('{} {:.2f} {:.2f}', component, first, last) ORDER BY component) AS measured,
  count(*) = 12 AND count(*) FILTER (last < 0.99 * first) >= 10 AND bool_and(last <= first + 1e-9) AS holds FROM ranks;

-- entry: Fig. 6
-- claim: Ranks fall further with decay.
-- expected: the mean rank of the matrices but the head's falls from decay 0 to 1, and to half at 10
WITH ranks AS (SELECT weight_decay, avg(mean) AS rank FROM curves
  WHERE metric = 'normalised_effective_rank' AND step = 1000 AND component <> 'U1' GROUP BY weight_decay)
SELECT list(format('{} {:.3f}', weight_decay, rank) ORDER BY weight_decay) AS measured,
  max(rank) FILTER (weight_decay = 1) < 0.985 * max(rank) FILTER (weight_decay = 0)
  AND max(rank) FILTER (weight_decay = 10) < 0.55 * max(rank) FILTER (weight_decay = 0) AS holds FROM ranks;

-- entry: Fig. 6
-- claim: At the largest decay the norms collapse: its low ranks are those of a network that is nearly gone.
-- expected: matrices of the time at decay 10 have less than a twentieth of their norm without decay
WITH norms AS (SELECT component, max(mean) FILTER (weight_decay = 0) AS without, max(mean) FILTER (weight_decay = 10) AS strong FROM curves
  WHERE metric = 'weight_norm' AND step = 1000 AND component IN ('T', 'D1', 'D2', 'D3', 'E2', 'E3') GROUP BY component)
SELECT list(format('{} {:.2f} {:.3f}', component, without, strong) ORDER BY component) AS measured,
  count(*) = 6 AND bool_and(strong < 0.05 * without) AS holds FROM norms;

-- entry: Fig. 4
-- claim: The larger half of the singular values keeps much more of what was learned than the smaller half.
-- expected: what the smaller half loses is more than three times what the larger half loses, on both splits, without decay
WITH losses AS (SELECT split, max(mean) FILTER (component = 'whole') AS whole, max(mean) FILTER (component = 'keep_top') AS top,
  max(mean) FILTER (component = 'keep_bottom') AS bottom FROM curves
  WHERE metric = 'half_spectrum_loss' AND step = 1000 AND weight_decay = 0 GROUP BY split)
SELECT list(format('{} {:.0f} {:.0f} {:.0f}', split, whole, top, bottom) ORDER BY split) AS measured,
  count(*) = 2 AND bool_and(bottom - whole > 3 * (top - whole)) AS holds FROM losses;

-- entry: Fig. 14
-- claim: What the network loses with the smaller half of its singular values shrinks with decay.
-- expected: by a tenth at decay 1, where it has learned as well, and to nothing at 10, where little was learned
WITH losses AS (SELECT weight_decay, max(mean) FILTER (component = 'keep_top') - max(mean) FILTER (component = 'whole') AS gap FROM curves
  WHERE metric = 'half_spectrum_loss' AND step = 1000 AND split = 'validation' GROUP BY weight_decay)
SELECT list(format('{} {:.1f}', weight_decay, gap) ORDER BY weight_decay) AS measured,
  max(gap) FILTER (weight_decay = 1) < 0.9 * max(gap) FILTER (weight_decay = 0) AND abs(max(gap) FILTER (weight_decay = 10)) < 1 AS holds
FROM losses;

-- entry: Fig. 5, Fig. 7
-- claim: The last convolution before the head aligns with the head, and more so with decay 1.
-- expected: from chance (below .1) to more than .25 without decay, and more than that with it
SELECT list(format('{} {} {:.3f}', weight_decay, step, mean) ORDER BY weight_decay, step) AS measured,
  max(mean) FILTER (step = 0) < 0.1 AND max(mean) FILTER (weight_decay = 0 AND step = 1000) > 0.25
  AND max(mean) FILTER (weight_decay = 1 AND step = 1000) > max(mean) FILTER (weight_decay = 0 AND step = 1000) AS holds
FROM curves WHERE metric = 'layer_alignment' AND component = 'U2-U1' AND step IN (0, 1000) AND weight_decay <= 1;

-- entry: Fig. 5
-- claim: Convolutions that follow each other align.
-- expected: at the centre of the kernel, C1-C2, C2-C3 and U3-U2 more than double what they begin with
-- cause: the centre of a kernel of nine taps carries a ninth of it; with 8 to 32 channels chance is .06 to .12, and a thousand steps add as much
WITH pairs AS (SELECT component, max(mean) FILTER (step = 0) AS first, max(mean) FILTER (step = 1000) AS last FROM curves
  WHERE metric = 'layer_alignment' AND weight_decay = 0 AND component IN ('C1-C2', 'C2-C3', 'U3-U2') GROUP BY component)
SELECT list(format('{} {:.3f} {:.3f}', component, first, last) ORDER BY component) AS measured,
  count(*) = 3 AND bool_and(last > 2 * first) AS holds FROM pairs;

-- entry: Fig. 9
-- claim: The leading singular vectors approach those of the end gradually, and later with decay.
-- expected: at step 600 all matrices agree more than at 200, and 10 of 12 agree less with decay 1 than without
WITH agreements AS (SELECT component, max(mean) FILTER (weight_decay = 0 AND step = 200) AS early, max(mean) FILTER (weight_decay = 0 AND step = 600) AS late,
  max(mean) FILTER (weight_decay = 1 AND step = 600) AS decayed FROM curves WHERE metric = 'final_agreement' GROUP BY component)
SELECT list(format('{} {:.2f} {:.2f} {:.2f}', component, early, late, decayed) ORDER BY component) AS measured,
  count(*) = 12 AND bool_and(late > early) AND count(*) FILTER (decayed < late) >= 10 AS holds FROM agreements;
