-- 45 indicators of every registered entity as of one day, one group-by a record type.
-- {as_of} is the day, {m12}, {m24} and {m36} are the same day 12, 24 and 36 months before.
WITH
lawsuit AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_lawsuit_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_lawsuit_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_lawsuit_36,
    sum(amount_cny) FILTER (occurred_on >= {m12}) AS s_lawsuit_12,
    sum(amount_cny) FILTER (occurred_on >= {m24}) AS s_lawsuit_24,
    {as_of} - max(occurred_on) AS d_lawsuit,
    sum(exp(-0.6931471805599453 / (6 * 30.4375) * ({as_of} - occurred_on))) AS k_lawsuit
  FROM lawsuit
  WHERE known_on < {as_of} AND occurred_on < {as_of}
  GROUP BY entity_id
),
complaint AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_complaint_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_complaint_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_complaint_36,
    sum(amount_cny) FILTER (occurred_on >= {m12}) AS s_complaint_12,
    sum(amount_cny) FILTER (occurred_on >= {m24}) AS s_complaint_24,
    {as_of} - max(occurred_on) AS d_complaint,
    sum(exp(-0.6931471805599453 / (6 * 30.4375) * ({as_of} - occurred_on))) AS k_complaint
  FROM complaint
  WHERE known_on < {as_of} AND occurred_on < {as_of}
  GROUP BY entity_id
),
inspection AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_inspection_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_inspection_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_inspection_36,
    len(list_distinct(list(department) FILTER (occurred_on >= {m24}))) AS u_inspection,
    max(CASE WHEN occurred_on >= {m36} THEN 1 END) AS e_inspection
  FROM inspection
  WHERE known_on < {as_of} AND occurred_on < {as_of} AND occurred_on >= {m36}
  GROUP BY entity_id
),
penalty AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_penalty_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_penalty_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_penalty_36,
    sum(fine_cny) FILTER (occurred_on >= {m12}) AS s_penalty_12,
    sum(fine_cny) FILTER (occurred_on >= {m24}) AS s_penalty_24,
    {as_of} - max(occurred_on) AS d_penalty,
    sum(exp(-0.6931471805599453 / (6 * 30.4375) * ({as_of} - occurred_on))) AS k_penalty,
    max(fine_cny) FILTER (occurred_on >= {m36}) AS max_fine_36,
    max(severity) FILTER (occurred_on >= {m24}) AS max_severity_24
  FROM penalty
  WHERE known_on < {as_of} AND occurred_on < {as_of}
  GROUP BY entity_id
),
shareholder AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_shareholder_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_shareholder_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_shareholder_36,
    sum(subscribed_cny) FILTER (occurred_on >= {m12}) AS s_shareholder_12,
    sum(subscribed_cny) FILTER (occurred_on >= {m24}) AS s_shareholder_24,
    len(list_distinct(list(investor_id) FILTER (occurred_on >= {m24}))) AS u_shareholder,
    max(CASE WHEN occurred_on >= {m36} THEN 1 END) AS e_shareholder
  FROM shareholder
  WHERE known_on < {as_of} AND occurred_on < {as_of} AND occurred_on >= {m36}
  GROUP BY entity_id
),
sampling_test AS (
  SELECT entity_id,
    count(*) FILTER (occurred_on >= {m12}) AS n_sampling_test_12,
    count(*) FILTER (occurred_on >= {m24}) AS n_sampling_test_24,
    count(*) FILTER (occurred_on >= {m36}) AS n_sampling_test_36,
    {as_of} - max(occurred_on) AS d_sampling_test,
    sum(exp(-0.6931471805599453 / (6 * 30.4375) * ({as_of} - occurred_on))) AS k_sampling_test,
    len(list_distinct(list(product) FILTER (occurred_on >= {m24}))) AS u_sampling_test
  FROM sampling_test
  WHERE known_on < {as_of} AND occurred_on < {as_of}
  GROUP BY entity_id
),
registration_change AS (
  SELECT entity_id,
    {as_of} - max(occurred_on) AS d_registration_change,
    max(CASE WHEN occurred_on >= {m36} THEN 1 END) AS e_registration_change
  FROM registration_change
  WHERE known_on < {as_of} AND occurred_on < {as_of}
  GROUP BY entity_id
),
abnormal_list AS (
  SELECT entity_id,
    1 AS in_list
  FROM abnormal_list
  WHERE known_on < {as_of} AND occurred_on <= {as_of}
    AND (ended_on IS NULL OR end_known_on >= {as_of} OR ended_on > {as_of})
  GROUP BY entity_id
),
repair AS (
  SELECT entity_id,
    max(CASE WHEN occurred_on >= {m36} THEN 1 END) AS e_repair
  FROM repair
  WHERE known_on < {as_of} AND occurred_on < {as_of} AND occurred_on >= {m36}
  GROUP BY entity_id
)
SELECT
  entity_id,
  coalesce(lawsuit.n_lawsuit_12, 0) AS n_lawsuit_12,
  coalesce(lawsuit.n_lawsuit_24, 0) AS n_lawsuit_24,
  coalesce(lawsuit.n_lawsuit_36, 0) AS n_lawsuit_36,
  coalesce(lawsuit.s_lawsuit_12, 0) AS s_lawsuit_12,
  coalesce(lawsuit.s_lawsuit_24, 0) AS s_lawsuit_24,
  lawsuit.d_lawsuit,
  coalesce(lawsuit.k_lawsuit, 0) AS k_lawsuit,
  coalesce(complaint.n_complaint_12, 0) AS n_complaint_12,
  coalesce(complaint.n_complaint_24, 0) AS n_complaint_24,
  coalesce(complaint.n_complaint_36, 0) AS n_complaint_36,
  coalesce(complaint.s_complaint_12, 0) AS s_complaint_12,
  coalesce(complaint.s_complaint_24, 0) AS s_complaint_24,
  complaint.d_complaint,
  coalesce(complaint.k_complaint, 0) AS k_complaint,
  coalesce(inspection.n_inspection_12, 0) AS n_inspection_12,
  coalesce(inspection.n_inspection_24, 0) AS n_inspection_24,
  coalesce(inspection.n_inspection_36, 0) AS n_inspection_36,
  coalesce(inspection.u_inspection, 0) AS u_inspection,
  coalesce(inspection.e_inspection, 0) AS e_inspection,
  coalesce(penalty.n_penalty_12, 0) AS n_penalty_12,
  coalesce(penalty.n_penalty_24, 0) AS n_penalty_24,
  coalesce(penalty.n_penalty_36, 0) AS n_penalty_36,
  coalesce(penalty.s_penalty_12, 0) AS s_penalty_12,
  coalesce(penalty.s_penalty_24, 0) AS s_penalty_24,
  penalty.d_penalty,
  coalesce(penalty.k_penalty, 0) AS k_penalty,
  penalty.max_fine_36,
  penalty.max_severity_24,
  coalesce(shareholder.n_shareholder_12, 0) AS n_shareholder_12,
  coalesce(shareholder.n_shareholder_24, 0) AS n_shareholder_24,
  coalesce(shareholder.n_shareholder_36, 0) AS n_shareholder_36,
  coalesce(shareholder.s_shareholder_12, 0) AS s_shareholder_12,
  coalesce(shareholder.s_shareholder_24, 0) AS s_shareholder_24,
  coalesce(shareholder.u_shareholder, 0) AS u_shareholder,
  coalesce(shareholder.e_shareholder, 0) AS e_shareholder,
  coalesce(sampling_test.n_sampling_test_12, 0) AS n_sampling_test_12,
  coalesce(sampling_test.n_sampling_test_24, 0) AS n_sampling_test_24,
  coalesce(sampling_test.n_sampling_test_36, 0) AS n_sampling_test_36,
  sampling_test.d_sampling_test,
  coalesce(sampling_test.k_sampling_test, 0) AS k_sampling_test,
  coalesce(sampling_test.u_sampling_test, 0) AS u_sampling_test,
  registration_change.d_registration_change,
  coalesce(registration_change.e_registration_change, 0) AS e_registration_change,
  coalesce(abnormal_list.in_list, 0) AS in_list,
  coalesce(repair.e_repair, 0) AS e_repair
FROM (
  SELECT entity_id
  FROM registration
  WHERE known_on < {as_of}
    AND (deregistered_on IS NULL OR deregistered_known_on >= {as_of} OR deregistered_on >= {as_of})
)
LEFT JOIN lawsuit USING (entity_id)
LEFT JOIN complaint USING (entity_id)
LEFT JOIN inspection USING (entity_id)
LEFT JOIN penalty USING (entity_id)
LEFT JOIN shareholder USING (entity_id)
LEFT JOIN sampling_test USING (entity_id)
LEFT JOIN registration_change USING (entity_id)
LEFT JOIN abnormal_list USING (entity_id)
LEFT JOIN repair USING (entity_id)
ORDER BY entity_id
