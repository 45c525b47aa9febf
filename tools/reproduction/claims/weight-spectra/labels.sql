-- sweep: sweeps/weight-spectra/labels.yaml

-- entry: S2 (Fig. 8)
-- claim: Every network learns its labels by heart, wrong ones too.
-- expected: training error 0 at the end of every run
SELECT format('{} of {} runs', count(*) FILTER (final = 1), count(*)) AS measured, count(*) = 15 AND min(final) = 1 AS holds
FROM summaries WHERE metric = 'accuracy' AND split = 'train';

-- entry: S2 (Fig. 8)
-- claim: The second weight matrix has a fuller spectrum, the more labels are wrong.
-- expected: normalised effective rank .69 .71 .74 .77 .77-.79 for noise 0 .25 .5 .75 1; increasing (slack .01), by at least .05 in all
WITH last AS (SELECT label_noise, mean, lag(mean) OVER (ORDER BY label_noise) AS before FROM curves
  WHERE metric = 'normalised_effective_rank' AND component = 'W2' AND step = 4500)
SELECT list(round(mean, 3) ORDER BY label_noise) AS measured,
  bool_and(before IS NULL OR mean > before - 0.01) AND max(mean) FILTER (label_noise = 1) - max(mean) FILTER (label_noise = 0) >= 0.05 AS holds
FROM last;

-- entry: S2
-- claim: The last hidden matrix behaves the other way: not all inner layers fill up.
-- expected: .68-.69 without noise, .62-.63 with all labels random
SELECT list(round(mean, 3) ORDER BY label_noise) AS measured, max(mean) FILTER (label_noise = 1) < max(mean) FILTER (label_noise = 0) AS holds
FROM curves WHERE metric = 'normalised_effective_rank' AND component = 'W3' AND step = 4500;

-- entry: S2 (Fig. 8)
-- claim: With true labels the second and third matrix end aligned, with random ones they do not.
-- expected: .56-.73, .39, .33, .23, .19-.22; at least twice as much without noise
SELECT list(round(mean, 3) ORDER BY label_noise) AS measured, max(mean) FILTER (label_noise = 0) >= 2 * max(mean) FILTER (label_noise = 1) AS holds
FROM curves WHERE metric = 'layer_alignment' AND component = 'W2-W3' AND step = 4500;

-- entry: S2 (Fig. 8)
-- claim: With random labels that alignment comes and goes.
-- expected: its maximum (.34-.47) at least 1.4 times its final value
SELECT format('{:.3f} at {}, then {:.3f}', max(mean), arg_max(step, mean), arg_max(mean, step)) AS measured, max(mean) >= 1.4 * arg_max(mean, step) AS holds
FROM curves WHERE metric = 'layer_alignment' AND component = 'W2-W3' AND label_noise = 1;

-- entry: S2
-- claim: The error on clean labels grows with the noise.
-- expected: .15-.19 .41 .58 .76 .88-.91
WITH last AS (SELECT label_noise, 1 - mean AS error, lag(1 - mean) OVER (ORDER BY label_noise) AS before FROM curves
  WHERE metric = 'accuracy' AND split = 'validation' AND step = 4500)
SELECT list(round(error, 3) ORDER BY label_noise) AS measured, count(*) = 5 AND bool_and(before IS NULL OR error > before) AS holds FROM last;

-- entry: Fig. 9
-- claim: Leading singular vectors settle earlier than later ones in both inner matrices while wrong labels are learned by heart; with true labels only in the second, and in the third later ones are there first.
-- expected: the first ten agree with their end above .9 at earlier steps, on average over them, than ranks 40 to 50: W2 and W3 with random labels, W2 with true ones; the other way round in W3 with true ones
WITH settled AS (SELECT label_noise, component, index, coalesce(min(step) FILTER (mean > 0.9), 4500) AS step FROM curves
  WHERE metric = 'final_agreement_diagonal' AND component IN ('W2', 'W3') AND label_noise IN (0, 1) GROUP BY ALL),
means AS (SELECT label_noise, component, avg(step) FILTER (index < 10) AS first, avg(step) FILTER (index BETWEEN 40 AND 50) AS later FROM settled GROUP BY ALL)
SELECT string_agg(format('{} at noise {}: {:.0f} and {:.0f}', component, label_noise, first, later), '; ' ORDER BY label_noise, component) AS measured,
  count(*) = 4 AND bool_and(if(label_noise = 0 AND component = 'W3', first > later, first < later)) AS holds
FROM means;
