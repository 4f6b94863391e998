{#- What models of Leat's flows need besides dbt's own macros. -#}

{#- The time of the run, in UTC; --vars '{leat_now: "2026-05-01 10:00:00"}' makes it another. -#}
{% macro leat_now() -%}
  {{ return(var('leat_now', run_started_at.strftime('%Y-%m-%d %H:%M:%S.%f'))) }}
{%- endmacro %}

{#- Schemas are named as they are in the flow; other targets than prod put a prefix before. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {%- set name = target.schema if custom_schema_name is none else custom_schema_name | trim -%}
  {{ return(leat_prefix() ~ name) }}
{%- endmacro %}

{#- A dataset as it was before the run; a model may read it that is made before it. -#}
{% macro leat_before(schema, table) -%}
  {{ return(api.Relation.create(
    database=target.database, schema=leat_prefix() ~ schema, identifier=table, type='table')) }}
{%- endmacro %}

{#- Whether rows that are there are kept: all these tables are there, and not to be made anew. -#}
{% macro leat_kept(relations) -%}
  {%- if not execute or should_full_refresh() -%}
    {{ return(false) }}
  {%- endif -%}
  {%- for relation in relations -%}
    {%- if load_relation(relation) is none -%}
      {{ return(false) }}
    {%- endif -%}
  {%- endfor -%}
  {{ return(true) }}
{%- endmacro %}

{#- How far models have read what they read. -#}
{% macro leat_marks() -%}
  {{ return(api.Relation.create(
    database=target.database, schema=leat_prefix() ~ '_leat_dbt', identifier='marks', type='table')) }}
{%- endmacro %}

{% macro leat_prepare() -%}
  CREATE SCHEMA IF NOT EXISTS "{{ leat_prefix() }}_leat_dbt";
  CREATE TABLE IF NOT EXISTS {{ leat_marks() }} (model VARCHAR, position INTEGER, value VARCHAR);
{%- endmacro %}

{#- Whether a model has read anything. -#}
{% macro leat_marked(model) -%}
  {%- set found = run_query(
    "SELECT count(*) FROM " ~ leat_marks() ~ " WHERE model = '" ~ model ~ "'") -%}
  {{ return(found.columns[0].values()[0] > 0) }}
{%- endmacro %}

{% macro leat_watermark(model, position, type) -%}
  CAST((SELECT value FROM {{ leat_marks() }} WHERE model = '{{ model }}' AND position = {{ position }}) AS {{ type }})
{%- endmacro %}

{#- Before a model is made anew. -#}
{% macro leat_forget(model, relations) -%}
  {%- if execute and not leat_kept(relations) -%}
    DELETE FROM {{ leat_marks() }} WHERE model = '{{ model }}'
  {%- endif -%}
{%- endmacro %}

{#- Rows take the place of those with their key; a column is true for rows to remove. -#}
{% macro get_incremental_leat_merge_sql(args) -%}
  {%- set deleted = config.get('meta')['leat_deleted'] -%}
  {%- set columns = get_quoted_csv(args['dest_columns'] | map(attribute='name')) -%}
  DELETE FROM {{ args['target_relation'] }} AS t WHERE EXISTS (
    SELECT 1 FROM {{ args['temp_relation'] }} AS s
    WHERE {% for key in args['unique_key'] %}s.{{ key }} = t.{{ key }}{{ ' AND ' if not loop.last }}{% endfor %}
  );
  INSERT INTO {{ args['target_relation'] }} ({{ columns }})
  SELECT {{ columns }} FROM {{ args['temp_relation'] }} WHERE NOT COALESCE({{ deleted }}, FALSE)
{%- endmacro %}

{#- Partitions have these rows and no others; leat_from is the first of those that are made. -#}
{% macro get_incremental_leat_partitions_sql(args) -%}
  {%- set partition = config.get('meta')['leat_partition'] -%}
  {%- set days = config.get('meta').get('leat_days') -%}
  {%- set columns = get_quoted_csv(args['dest_columns'] | map(attribute='name')) -%}
  DELETE FROM {{ args['target_relation'] }} AS t WHERE
  {%- if days is not none %}
    t.{{ partition }} IS NULL OR t.{{ partition }} >= {{ leat_newest(args['target_relation'], partition, days) }};
  {%- else %}
    EXISTS (
      SELECT 1 FROM (SELECT DISTINCT {{ partition }} FROM {{ args['temp_relation'] }}) AS s
      WHERE s.{{ partition }} IS NOT DISTINCT FROM t.{{ partition }}
    );
  {%- endif %}
  INSERT INTO {{ args['target_relation'] }} ({{ columns }})
  SELECT {{ columns }} FROM {{ args['temp_relation'] }}
{%- endmacro %}

{#- Some days before the newest partition; before all if there is none. -#}
{% macro leat_newest(relation, partition, days) -%}
  COALESCE((SELECT CAST(MAX({{ partition }}) AS DATE) - INTERVAL {{ days }} DAY FROM {{ relation }}), DATE '0001-01-01')
{%- endmacro %}
