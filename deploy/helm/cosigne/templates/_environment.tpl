{{/*
The settings of a process (context: root, process, its size): docs/reference/settings.md says each.
What is secret comes as the name of a file, never as a value.
*/}}
{{- define "cosigne.environment" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}{{ $sized := index . 2 }}
{{- $values := $root.Values }}
- {name: COSIGNE_MODE, value: production}
- {name: COSIGNE_URL, value: {{ required "url: say where people come in, https://…" $values.url | quote }}}
- {name: COSIGNE_OIDC_ISSUER, value: {{ required "oidc.issuer: say which provider signs people in" $values.oidc.issuer | quote }}}
- {name: COSIGNE_OIDC_AUDIENCE, value: {{ $values.oidc.audience | quote }}}
- {name: COSIGNE_OIDC_TENANT_CLAIM, value: {{ $values.oidc.tenantClaim | quote }}}
- {name: COSIGNE_OIDC_OPERATOR_ROLE, value: {{ $values.oidc.operatorRole | quote }}}
{{- if $values.mesh }}
- {name: COSIGNE_MESH, value: "yes"}
{{- end }}
{{- with $values.language }}
- {name: COSIGNE_LANG, value: {{ . }}}
{{- end }}
{{- with $values.oidc.discovery }}
- {name: COSIGNE_OIDC_DISCOVERY, value: {{ . | quote }}}
{{- end }}
{{- if and $values.oidc.caSecret $process.web }}
- {name: COSIGNE_OIDC_CA, value: /run/cosigne/oidc-ca/ca.crt}
{{- end }}
{{- if $process.database }}
{{- range append (splitList " " (include "cosigne.services" $root)) "keys" }}
- {name: COSIGNE_{{ upper . }}_DATABASE_URL, value: {{ include "cosigne.databaseUrl" (list $root .) | quote }}}
{{- end }}
{{- end }}
{{- /* `cosigne positions` asks for every setting, and opens no key: the folder is not mounted there */}}
{{- if or $process.keys $process.lists }}
- {name: COSIGNE_KEYS_FOLDER, value: /var/lib/cosigne/keys/masters}
{{- end }}
{{- if $process.erasures }}
- {name: COSIGNE_ERASURES_LIST, value: /var/lib/cosigne/erasures/list.jsonl}
{{- end }}
{{- if $process.web }}
- {name: COSIGNE_WEB_PROCESSES, value: {{ $sized.processes | quote }}}
- {name: COSIGNE_WEB_THREADS, value: {{ $sized.threads | quote }}}
{{- end }}
{{- if eq $process.service "portal" }}
{{- if not $values.mesh }}{{ fail "mesh: the portal reaches the services by http; say true once a service mesh or the pod network encrypts it" }}{{ end }}
- {name: COSIGNE_PORTAL_CLIENT, value: {{ $values.oidc.portalClient | quote }}}
- {name: COSIGNE_PORTAL_AWAY, value: {{ $values.portalAway | quote }}}
{{- if $values.portalLooks }}
- {name: COSIGNE_PORTAL_LOOKS, value: /etc/cosigne/looks}
{{- end }}
- {name: COSIGNE_PORTAL_SECRET_FILE, value: /run/cosigne/portal/secret}
{{- range splitList " " (include "cosigne.services" $root) }}
- {name: COSIGNE_{{ upper . }}_URL, value: "http://{{ include "cosigne.name" $root }}-{{ . }}:8080/{{ . }}"}
{{- end }}
{{- end }}
{{- range include "cosigne.databaseRoles" (list $root $process) | splitList " " }}
{{- if eq . "secret" }}
- {name: COSIGNE_DATABASE_SECRET_FILE, value: /run/cosigne/database/secret}
{{- else if . }}
- {name: COSIGNE_{{ upper . }}_DATABASE_URL_FILE, value: /run/cosigne/database/{{ . }}}
{{- end }}
{{- end }}
{{- if $process.kafka }}
- {name: COSIGNE_KAFKA, value: {{ include "cosigne.kafkaServers" $root | quote }}}
- {name: COSIGNE_KAFKA_PREFIX, value: {{ $values.kafka.prefix | quote }}}
- {name: COSIGNE_KAFKA_PARTITIONS, value: {{ $values.kafka.partitions | quote }}}
- {name: COSIGNE_KAFKA_RETENTION_HOURS, value: {{ $values.kafka.retentionHours | quote }}}
- {name: COSIGNE_KAFKA_SECURITY, value: {{ $values.kafka.security | quote }}}
{{- if include "cosigne.kafkaCa" $root }}
- {name: COSIGNE_KAFKA_CA, value: /run/cosigne/kafka-ca/ca.crt}
{{- end }}
{{- if eq $values.kafka.security "SASL_SSL" }}
- {name: COSIGNE_KAFKA_USER, value: {{ include "cosigne.kafkaUser" (list $root $process) | quote }}}
- {name: COSIGNE_KAFKA_PASSWORD_FILE, value: /run/cosigne/kafka/password}
{{- end }}
{{- end }}
{{- if $process.admin }}
{{- if $values.cnpg.enabled }}
- {name: COSIGNE_ADMIN_DATABASE_URL, value: {{ include "cosigne.adminUrl" (list $root "data") | quote }}}
- {name: COSIGNE_ADMIN_DATABASE_PASSWORD_FILE, value: /run/cosigne/admin/password}
- {name: COSIGNE_KEYS_ADMIN_DATABASE_URL, value: {{ include "cosigne.adminUrl" (list $root "keys") | quote }}}
- {name: COSIGNE_KEYS_ADMIN_DATABASE_PASSWORD_FILE, value: /run/cosigne/admin/keys-password}
{{- else }}
- {name: COSIGNE_ADMIN_DATABASE_URL_FILE, value: /run/cosigne/admin/url}
{{- if $values.database.keysHost }}
- {name: COSIGNE_KEYS_ADMIN_DATABASE_URL_FILE, value: /run/cosigne/admin/keys-url}
{{- end }}
{{- end }}
{{- end }}
{{- with $values.telemetry.otlpEndpoint }}
- {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }}}
- {name: OTEL_SERVICE_NAME, value: cosigne-{{ $process.name }}}
- {name: OTEL_TRACES_SAMPLER_ARG, value: {{ $values.telemetry.traced | quote }}}
{{- if $values.telemetry.headersSecret }}
- {name: OTEL_EXPORTER_OTLP_HEADERS_FILE, value: /run/cosigne/telemetry/headers}
{{- end }}
{{- end }}
{{- end }}

{{/*
Which files of the database's Secret a process is given, with spaces between: with `derived` the one
secret; with `perRole` the URLs of the roles it works as. Who migrates sets every password, from the secret.
*/}}
{{- define "cosigne.databaseRoles" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}
{{- if not $process.database }}
{{- else if or (kindIs "string" $process.database) (eq $root.Values.database.credentials "derived") }}secret
{{- else }}
{{- $found := list }}
{{- if $process.keys }}{{ $found = append $found "keys_app" }}{{ end }}
{{- range $service := splitList " " (include "cosigne.services" $root) }}
{{- range $role := splitList " " (include "cosigne.roles" $root) }}
{{- $own := and (eq $service $process.service) (has $role $process.database) }}
{{- $followed := and (eq $role "relay") (has "followed" $process.database) }}
{{- if or $own $followed (has "every" $process.database) }}
{{- $found = append $found (printf "%s_%s" $service $role) }}
{{- end }}
{{- end }}
{{- end }}
{{- sortAlpha $found | join " " }}
{{- end }}
{{- end }}
