{{/* Rules of egress that more than one policy has. */}}

{{- define "cosigne.toDns" -}}
- to: {{- toYaml .Values.networkPolicy.dns | nindent 4 }}
  ports: [{protocol: UDP, port: 53}, {protocol: TCP, port: 53}]
{{- end }}

{{/* `data` or `keys`: the services' databases, or that of the key store. */}}
{{- define "cosigne.toDatabase" -}}
{{- $root := index . 0 }}{{ $what := index . 1 }}
{{- $values := $root.Values }}
{{- $outside := $values.networkPolicy.database }}
{{- if and (eq $what "keys") $values.database.keysHost }}{{ $outside = $values.networkPolicy.keys }}{{ end }}
{{- if $values.cnpg.enabled -}}
- to:
    - podSelector:
        matchLabels: {cnpg.io/cluster: {{ include "cosigne.cluster" . }}}
  ports: [{protocol: TCP, port: 5432}]
{{- else -}}
- to: {{- required "networkPolicy.database, and .keys with database.keysHost: say where PostgreSQL stands in the network" ($outside | default nil) | toYaml | nindent 4 }}
  ports: [{protocol: TCP, port: {{ $values.database.port }}}]
{{- end }}
{{- end }}

{{- define "cosigne.toKafka" -}}
{{- if .Values.strimzi.enabled -}}
- to:
    - podSelector:
        matchLabels: {strimzi.io/cluster: {{ .Values.strimzi.cluster }}, strimzi.io/broker-role: "true"}
  ports: [{protocol: TCP, port: 9093}]
{{- else -}}
- to: {{- required "networkPolicy.kafka: say where the brokers stand in the network" (.Values.networkPolicy.kafka | default nil) | toYaml | nindent 4 }}
  ports:
    {{- $ports := list }}
    {{- range .Values.kafka.servers }}{{ $ports = append $ports (splitList ":" . | last) }}{{ end }}
    {{- range uniq $ports }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
{{- end }}
{{- end }}

{{/* The port in an address, or the one its scheme has. */}}
{{- define "cosigne.portOf" -}}
{{- $told := urlParse . }}
{{- if contains ":" $told.host }}{{ splitList ":" $told.host | last }}{{ else if eq $told.scheme "https" }}443{{ else }}80{{ end }}
{{- end }}
