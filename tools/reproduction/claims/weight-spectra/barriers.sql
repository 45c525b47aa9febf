-- sweep: sweeps/weight-spectra/barriers.yaml

-- entry: S5 (Fig. 11)
-- claim: Branches that leave their trunk early are parted by a barrier of the training loss, late ones are not.
-- expected: split 0: .26-.45, 50: .22-.43, 200: .21-.47, 600: .06-.13, 1200: .014-.03, 1800: .002-.005; at least .15 at 0, at most .02 at 1800
SELECT list(round(mean, 4) ORDER BY split_step) AS measured,
  bool_and(mean >= 0.15) FILTER (split_step = 0) AND bool_and(mean <= 0.02) FILTER (split_step = 1800) AS holds
FROM curves WHERE metric = 'barrier' AND component = 'same trunk' AND split = 'train' AND perturbation = 0;

-- entry: S5 (Fig. 11)
-- claim: They keep more of each other's singular vectors, the later they part.
-- expected: mean over layers .10-.20 at split 0, .50-.64 at 1800; at least twice as much
SELECT list(round(mean, 3) ORDER BY split_step) AS measured, max(mean) FILTER (split_step = 1800) >= 2 * max(mean) FILTER (split_step = 0) AS holds
FROM curves WHERE metric = 'branch_agreement_mean' AND component = 'same trunk' AND perturbation = 0;

-- entry: S5 (Fig. 11)
-- claim: Barrier and agreement go together, in opposite directions.
-- expected: Spearman correlation below -.8
WITH ranks AS (SELECT rank() OVER (ORDER BY b.mean) AS barrier, rank() OVER (ORDER BY a.mean) AS agreement
  FROM curves b JOIN curves a ON a.split_step = b.split_step AND a.perturbation = 0 AND a.metric = 'branch_agreement_mean' AND a.component = 'same trunk'
  WHERE b.metric = 'barrier' AND b.component = 'same trunk' AND b.split = 'train' AND b.perturbation = 0)
SELECT round(corr(barrier, agreement), 2) AS measured, corr(barrier, agreement) < -0.8 AS holds FROM ranks;

-- entry: S5 (Fig. 12)
-- claim: Different trunks are parted by a high barrier whenever their branches leave.
-- expected: 2.4-2.5, at least 1.5 at every split
SELECT list(round(mean, 2) ORDER BY split_step) AS measured, count(*) = 6 AND min(mean) >= 1.5 AS holds
FROM curves WHERE metric = 'barrier' AND component = 'different trunks' AND split = 'train' AND perturbation = 0;

-- entry: S5 (Fig. 12)
-- claim: Their singular vectors have hardly more in common than random ones.
-- expected: random directions in n dimensions have E |u . u'| = Gamma(n/2) / (sqrt(pi) Gamma((n+1)/2)): .013 between two sides of 48, .030 in the last matrix (drawn: .0133 and .0300); at most twice that inside, two and a half times in the last
SELECT format('{:.3f} to {:.3f}, in the last {:.3f} to {:.3f}', min(mean) FILTER (index < 5), max(mean) FILTER (index < 5), min(mean) FILTER (index = 5), max(mean) FILTER (index = 5)) AS measured,
  count(*) = 36 AND max(mean) FILTER (index < 5) <= 2 * 0.0134 AND max(mean) FILTER (index = 5) <= 2.5 * 0.0299 AS holds
FROM curves WHERE metric = 'branch_agreement' AND component = 'different trunks' AND perturbation = 0;

-- entry: S5 (Fig. 13)
-- claim: Perturbing the branches where they part raises the barrier.
-- expected: eta 0: .002-.005, .1: .001-.003, .25: .008, .5: .026-.035, 1: .36-.38, 2.5: 1.5-1.9; at most .02 at 0, at least 1 at 2.5, non-decreasing from .25 on
WITH barrier AS (SELECT perturbation, mean FROM curves WHERE metric = 'barrier' AND component = 'same trunk' AND split = 'train' AND split_step = 1800)
SELECT list(round(mean, 4) ORDER BY perturbation) AS measured,
  max(mean) FILTER (perturbation = 0) <= 0.02 AND max(mean) FILTER (perturbation = 2.5) >= 1
  AND list(mean ORDER BY perturbation) FILTER (perturbation >= 0.25) = list_sort(list(mean) FILTER (perturbation >= 0.25)) AS holds
FROM barrier;

-- entry: S5 (Fig. 13)
-- claim: A perturbation of 2.5 times the norm leaves no common singular vectors, the last matrix aside, which is not perturbed.
-- expected: .46-.63 at eta 0, .02 at 2.5; at most .05
WITH agreement AS (SELECT perturbation, avg(mean) AS mean FROM curves
  WHERE metric = 'branch_agreement' AND component = 'same trunk' AND split_step = 1800 AND index < 5 GROUP BY perturbation)
SELECT list(round(mean, 3) ORDER BY perturbation) AS measured, max(mean) FILTER (perturbation = 2.5) <= 0.05 AS holds FROM agreement;

-- entry: S5
-- claim: The barrier of the validation loss, ends left out, is negative between branches: averaging two networks undoes their fit of the label noise.
-- expected: -.08 to -.47 at every split
SELECT list(round(mean, 3) ORDER BY split_step) AS measured, max(mean) < 0 AS holds
FROM curves WHERE metric = 'barrier_interior' AND component = 'same trunk' AND split = 'validation' AND perturbation = 0;
