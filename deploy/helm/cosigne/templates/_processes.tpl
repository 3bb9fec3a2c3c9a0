{{/*
Every process of the installation, as YAML below `processes`: one thing to read, to know what runs.

  name      of its Deployment, after the release's
  of        which part of `values.processes` says how many and how large
  args      what `cosigne` is told
  health    the port and the path before /live and /ready
  reaches   what it may reach in the network, and nothing else
  keys      whether it opens the folder of master keys
  database  the roles of its service's database that it works as; `followed`: those by which it reads
            the logs of other services; `every`: it erases, in all of them; `secret`: also as owner
*/}}
{{- define "cosigne.processes" -}}
{{- $kafka := or .Values.kafka.enabled .Values.strimzi.enabled }}
{{- $apart := eq .Values.processes.layout "apart" }}
processes:
  - name: portal
    of: portal
    service: portal
    args: [serve, --service, portal, --bind, "0.0.0.0:8080"]
    health: {port: 8080, path: /v1/health}
    web: true
    reaches: [services, oidc]
{{- range $service := splitList " " (include "cosigne.services" .) }}
  - name: {{ $service }}
    of: web
    service: {{ $service }}
    args: [serve, --service, {{ $service }}, --bind, "0.0.0.0:8080"]
    health: {port: 8080, path: /{{ $service }}/v1/health}
    web: true
    keys: true
    database: [app, combine]
    reaches: [database, keys, oidc]
{{- if $apart }}
  - name: seal-{{ $service }}
    of: seal
    service: {{ $service }}
    args: [seal, --service, {{ $service }}, --health, "0.0.0.0:9090"]
    health: {port: 9090, path: ""}
    database: [sealer]
    reaches: [database]
  - name: project-{{ $service }}
    of: project
    service: {{ $service }}
    args: [project, --service, {{ $service }}, --health, "0.0.0.0:9090"]
    health: {port: 9090, path: ""}
    keys: true
    database: [reader]
    reaches: [database, keys]
  - name: consume-{{ $service }}
    of: consume
    service: {{ $service }}
    args: [consume, --service, {{ $service }}, --health, "0.0.0.0:9090"]
    health: {port: 9090, path: ""}
    keys: true
    database: [reader, followed]
{{- if $kafka }}
    kafka: consume
{{- end }}
    reaches: [database, keys{{ if $kafka }}, kafka{{ end }}]
{{- if $kafka }}
  - name: relay-{{ $service }}
    of: relay
    service: {{ $service }}
    args: [relay, --service, {{ $service }}, --health, "0.0.0.0:9090"]
    health: {port: 9090, path: ""}
    database: [reader]
    kafka: relay
    reaches: [database, kafka]
{{- end }}
{{- end }}
  - name: {{ if $apart }}work{{ else }}worker{{ end }}-{{ $service }}
    of: {{ if $apart }}work{{ else }}worker{{ end }}
    service: {{ $service }}
    args: [work, {{ if not $apart }}seal, project, consume, {{ if $kafka }}relay, {{ end }}{{ end }}erase, forget, work, --service, {{ $service }}, --health, "0.0.0.0:9090"]
    health: {port: 9090, path: ""}
    keys: true
    database: [{{ if eq $service "directory" }}every{{ else if $apart }}app, combine, reader, eraser, followed{{ else }}app, combine, sealer, reader, eraser, followed{{ end }}]
{{- if eq $service "directory" }}
    erasures: true
{{- end }}
{{- if and $kafka (not $apart) }}
    kafka: both
{{- end }}
    reaches: [database, keys{{ if and $kafka (not $apart) }}, kafka{{ end }}{{ if eq $service "delivery" }}, outside{{ end }}]
{{- end }}
  - name: console
    of: console
    service: console
    args: []
    keys: true
    database: secret
{{- if $kafka }}
    kafka: both
{{- end }}
    reaches: [database, keys{{ if $kafka }}, kafka{{ end }}, oidc]
{{- end }}

{{/* How many and how large a process is: its part of the values, with what its service says otherwise. */}}
{{- define "cosigne.sized" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}
{{- $others := dict "migrate" $root.Values.migrations "positions" $root.Values.positions }}
{{- $usual := index (merge $others (deepCopy $root.Values.processes)) $process.of }}
{{- $own := dig $process.service $process.of dict $root.Values.processes.services | deepCopy }}
{{- mergeOverwrite $usual $own | toYaml }}
{{- end }}

{{/* By which pods of one process are known. */}}
{{- define "cosigne.selector" -}}
{{ include "cosigne.ours" (index . 0) }}
app.kubernetes.io/component: {{ (index . 1).name }}
{{- end }}
