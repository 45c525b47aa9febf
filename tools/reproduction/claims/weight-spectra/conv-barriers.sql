-- sweep: sweeps/weight-spectra/conv-barriers.yaml

-- entry: S7 (Fig. 11)
-- claim: Branches that leave their trunk early are parted by a barrier of the training loss, late ones are not.
-- expected: split 0: .52, 20: .086, 100: .001, 300: .000 (one seed); at least .2 at 0, .02 at 20, at most .02 at 100 and .005 at 300
SELECT list(round(mean, 4) ORDER BY split_step) AS measured,
  count(*) = 4 AND bool_and(mean >= 0.2) FILTER (split_step = 0) AND bool_and(mean BETWEEN 0.02 AND 0.2) FILTER (split_step = 20)
  AND bool_and(mean <= 0.02) FILTER (split_step = 100) AND bool_and(mean <= 0.005) FILTER (split_step = 300) AS holds
FROM curves WHERE metric = 'barrier' AND component = 'same trunk' AND split = 'train' AND perturbation = 0;

-- entry: S7 (Fig. 11)
-- claim: They keep more of each other's singular vectors, the later they part.
-- expected: the mean over layers ascends with the split, to three times as much
SELECT list(round(mean, 3) ORDER BY split_step) AS measured,
  list(mean ORDER BY split_step) = list_sort(list(mean)) AND max(mean) FILTER (split_step = 300) >= 3 * max(mean) FILTER (split_step = 0) AS holds
FROM curves WHERE metric = 'branch_agreement_mean' AND component = 'same trunk' AND perturbation = 0;

-- entry: S7 (Fig. 12)
-- claim: Different trunks are parted by a high barrier, and their kernels have hardly more singular vectors in common than chance.
-- expected: barrier at least 1; agreement of W2 to W6 at most .02 (two random directions in 144 and 16 dimensions agree by .067 x .2 = .013, in 576 and 64 by .0033)
SELECT format('barrier {:.2f}, agreement {:.4f} to {:.4f}', max(mean) FILTER (metric = 'barrier'), min(mean) FILTER (metric = 'branch_agreement'), max(mean) FILTER (metric = 'branch_agreement')) AS measured,
  max(mean) FILTER (metric = 'barrier') >= 1 AND max(mean) FILTER (metric = 'branch_agreement') <= 0.02 AS holds
FROM curves WHERE component = 'different trunks' AND ((metric = 'barrier' AND split = 'train') OR (metric = 'branch_agreement' AND index BETWEEN 1 AND 5));

-- entry: S7 (Fig. 13)
-- claim: Perturbing the branches where they part raises the barrier.
-- expected: at most .005 without, at least 1 at 2.5 times the norm, non-decreasing from .25 on
WITH barrier AS (SELECT perturbation, mean FROM curves WHERE metric = 'barrier' AND component = 'same trunk' AND split = 'train' AND split_step = 300)
SELECT list(round(mean, 4) ORDER BY perturbation) AS measured,
  count(*) = 5 AND max(mean) FILTER (perturbation = 0) <= 0.005 AND max(mean) FILTER (perturbation = 2.5) >= 1
  AND list(mean ORDER BY perturbation) FILTER (perturbation >= 0.25) = list_sort(list(mean) FILTER (perturbation >= 0.25)) AS holds
FROM barrier;

-- entry: S7 (Fig. 13)
-- claim: It takes their common singular vectors away, the head aside, which is not perturbed.
-- expected: the mean over kernels descends with the perturbation, to a fifth
WITH agreement AS (SELECT perturbation, avg(mean) AS mean FROM curves
  WHERE metric = 'branch_agreement' AND component = 'same trunk' AND split_step = 300 AND index < 6 GROUP BY perturbation)
SELECT list(round(mean, 3) ORDER BY perturbation) AS measured,
  list(mean ORDER BY perturbation) = list_reverse_sort(list(mean)) AND max(mean) FILTER (perturbation = 2.5) <= max(mean) FILTER (perturbation = 0) / 5 AS holds FROM agreement;

-- entry: S7
-- claim: Between branches that did not leave at once, the validation loss inside is below the line between its ends: averaging two networks undoes their fit of the label noise.
-- expected: barrier without the ends negative at splits 20, 100 and 300
SELECT list(round(mean, 3) ORDER BY split_step) AS measured, max(mean) FILTER (split_step >= 20) < 0 AS holds
FROM curves WHERE metric = 'barrier_interior' AND component = 'same trunk' AND split = 'validation' AND perturbation = 0;
