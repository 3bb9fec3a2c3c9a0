{{/* Where databases and brokers are: the operators' of this release, or those that the values name. */}}

{{/* CloudNativePG's cluster for `data` or `keys`: that of the release, or one restored beside it. */}}
{{- define "cosigne.cluster" -}}
{{- $root := index . 0 }}{{ $what := index . 1 -}}
{{ (index $root.Values.cnpg $what).cluster | default (printf "%s-%s" (include "cosigne.name" $root) $what) }}
{{- end }}

{{- define "cosigne.databaseHost" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}
{{- with $root.Values }}
{{- if .cnpg.enabled }}{{ include "cosigne.cluster" (list $root (eq $name "keys" | ternary "keys" "data")) }}-rw
{{- else if and (eq $name "keys") .database.keysHost }}{{ .database.keysHost }}
{{- else }}{{ required "database.host: say where PostgreSQL is, or let cnpg.enabled make one" .database.host }}
{{- end }}
{{- end }}
{{- end }}

{{/* The folder of the authority that signed the server's certificate: `data`, `keys`, or none. */}}
{{- define "cosigne.databaseCa" -}}
{{- $root := index . 0 }}{{ $name := index . 1 }}
{{- with $root.Values }}
{{- if .cnpg.enabled }}{{ if eq $name "keys" }}keys{{ else }}data{{ end }}
{{- else if and (eq $name "keys") .database.keysCaSecret }}keys
{{- else if .database.caSecret }}data
{{- end }}
{{- end }}
{{- end }}

{{- define "cosigne.tls" -}}
{{- $root := index . 0 }}
{{- $ca := include "cosigne.databaseCa" . -}}
sslmode={{ $root.Values.database.sslMode }}
{{- if $ca }}&sslrootcert=/run/cosigne/ca/{{ $ca }}/ca.crt
{{- else if hasPrefix "verify" $root.Values.database.sslMode }}{{ fail "database.caSecret: name the Secret with the ca.crt of the server's authority, or choose another sslMode" }}
{{- end }}
{{- end }}

{{- define "cosigne.databaseUrl" -}}
{{- $root := index . 0 }}{{ $name := index . 1 -}}
postgresql://{{ include "cosigne.databaseHost" . }}:{{ $root.Values.database.port }}/{{ $name }}?{{ include "cosigne.tls" . }}
{{- end }}

{{/* CloudNativePG's first role makes the others; its password is a file of the operator's Secret. */}}
{{- define "cosigne.adminUrl" -}}
{{- $root := index . 0 -}}
postgresql://cosigne_admin@{{ include "cosigne.databaseHost" . }}:5432/cosigne_admin?{{ include "cosigne.tls" . }}
{{- end }}

{{- define "cosigne.kafkaServers" -}}
{{- if .Values.strimzi.enabled }}{{ .Values.strimzi.cluster }}-kafka-bootstrap:9093
{{- else if not .Values.kafka.servers }}{{ fail "kafka.servers: say where the brokers are, or let strimzi.enabled make some" }}
{{- else }}{{ join "," .Values.kafka.servers }}{{ end }}
{{- end }}

{{- define "cosigne.kafkaCa" -}}
{{- if .Values.strimzi.enabled }}{{ .Values.strimzi.cluster }}-cluster-ca-cert{{ else }}{{ .Values.kafka.caSecret }}{{ end }}
{{- end }}

{{/* With Strimzi each process is a user of its own, who may do what it does and nothing else. */}}
{{- define "cosigne.kafkaUser" -}}
{{- $root := index . 0 }}
{{- if $root.Values.strimzi.enabled }}{{ include "cosigne.name" $root }}-{{ (index . 1).name }}{{ else }}{{ $root.Values.kafka.user }}{{ end }}
{{- end }}
