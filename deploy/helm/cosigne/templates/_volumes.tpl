{{/* What stands in the file system of a process: secrets it needs, authorities, keys, room for drafts. */}}

{{- define "cosigne.mounts" -}}
{{- $root := index . 0 }}{{ $process := index . 1 -}}
- {name: tmp, mountPath: /tmp}
{{- if eq $process.service "portal" }}
- {name: portal, mountPath: /run/cosigne/portal, readOnly: true}
{{- if $root.Values.portalLooks }}
- {name: looks, mountPath: /etc/cosigne/looks, readOnly: true}
{{- end }}
{{- end }}
{{- if and $root.Values.telemetry.otlpEndpoint $root.Values.telemetry.headersSecret }}
- {name: telemetry, mountPath: /run/cosigne/telemetry, readOnly: true}
{{- end }}
{{- if and $root.Values.oidc.caSecret $process.web }}
- {name: oidc-ca, mountPath: /run/cosigne/oidc-ca, readOnly: true}
{{- end }}
{{- if $process.database }}
- {name: database, mountPath: /run/cosigne/database, readOnly: true}
{{- range include "cosigne.authorities" $root | splitList " " }}
{{- if . }}
- {name: ca-{{ . }}, mountPath: /run/cosigne/ca/{{ . }}, readOnly: true}
{{- end }}
{{- end }}
{{- end }}
{{- if $process.admin }}
- {name: admin, mountPath: /run/cosigne/admin, readOnly: true}
{{- end }}
{{- if $process.keys }}
- {name: keys, mountPath: /var/lib/cosigne/keys}
{{- end }}
{{- if $process.erasures }}
- {name: erasures, mountPath: /var/lib/cosigne/erasures}
{{- end }}
{{- if $process.lists }}
- {name: positions, mountPath: /var/lib/cosigne/positions}
{{- else if and $root.Values.restoring (eq $process.name "console") }}
- {name: positions, mountPath: /var/lib/cosigne/positions, readOnly: true}
{{- end }}
{{- if $process.kafka }}
{{- if eq $root.Values.kafka.security "SASL_SSL" }}
- {name: kafka, mountPath: /run/cosigne/kafka, readOnly: true}
{{- end }}
{{- if include "cosigne.kafkaCa" $root }}
- {name: kafka-ca, mountPath: /run/cosigne/kafka-ca, readOnly: true}
{{- end }}
{{- end }}
{{- end }}

{{- define "cosigne.volumes" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}
{{- $values := $root.Values }}
{{- $name := include "cosigne.name" $root -}}
- name: tmp
  emptyDir: {sizeLimit: 512Mi}
{{- if eq $process.service "portal" }}
- name: portal
  secret: {secretName: {{ $values.secrets.portal }}, defaultMode: 0440, items: [{key: secret, path: secret}]}
{{- with $values.portalLooks }}
- name: looks
  configMap: {name: {{ . }}, defaultMode: 0444}
{{- end }}
{{- end }}
{{- if and $values.telemetry.otlpEndpoint $values.telemetry.headersSecret }}
- name: telemetry
  secret: {secretName: {{ $values.telemetry.headersSecret }}, defaultMode: 0440, items: [{key: headers, path: headers}]}
{{- end }}
{{- if and $values.oidc.caSecret $process.web }}
- name: oidc-ca
  secret: {secretName: {{ $values.oidc.caSecret }}, defaultMode: 0440, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- if $process.database }}
- name: database
  secret:
    secretName: {{ $values.secrets.database }}
    defaultMode: 0440
    items:
      {{- range include "cosigne.databaseRoles" . | splitList " " }}
      - {key: {{ . }}, path: {{ . }}}
      {{- end }}
{{- range include "cosigne.authorities" $root | splitList " " }}
{{- if . }}
- name: ca-{{ . }}
  secret:
    secretName: {{ if $values.cnpg.enabled }}{{ include "cosigne.cluster" (list $root .) }}-ca{{ else if eq . "keys" }}{{ $values.database.keysCaSecret }}{{ else }}{{ $values.database.caSecret }}{{ end }}
    defaultMode: 0440
    items: [{key: ca.crt, path: ca.crt}]
{{- end }}
{{- end }}
{{- end }}
{{- if $process.admin }}
- name: admin
  projected:
    defaultMode: 0440
    sources:
      {{- if $values.cnpg.enabled }}
      - secret: {name: {{ include "cosigne.cluster" (list $root "data") }}-app, items: [{key: password, path: password}]}
      - secret: {name: {{ include "cosigne.cluster" (list $root "keys") }}-app, items: [{key: password, path: keys-password}]}
      {{- else }}
      - secret:
          name: {{ $values.secrets.admin }}
          items:
            - {key: url, path: url}
            {{- if $values.database.keysHost }}
            - {key: keys-url, path: keys-url}
            {{- end }}
      {{- end }}
{{- end }}
{{- if $process.keys }}
- name: keys
  persistentVolumeClaim: {claimName: {{ $values.keysVolume.existingClaim | default (printf "%s-keys" $name) }}}
{{- end }}
{{- if $process.erasures }}
- name: erasures
  persistentVolumeClaim: {claimName: {{ $values.erasuresVolume.existingClaim | default (printf "%s-erasures" $name) }}}
{{- end }}
{{- if or $process.lists (and $values.restoring (eq $process.name "console")) }}
- name: positions
  persistentVolumeClaim: {claimName: {{ $values.positionsVolume.existingClaim | default (printf "%s-positions" $name) }}}
{{- end }}
{{- if $process.kafka }}
{{- if eq $values.kafka.security "SASL_SSL" }}
- name: kafka
  secret:
    secretName: {{ if $values.strimzi.enabled }}{{ include "cosigne.kafkaUser" . }}{{ else }}{{ $values.secrets.kafka }}{{ end }}
    defaultMode: 0440
    items: [{key: password, path: password}]
{{- end }}
{{- with include "cosigne.kafkaCa" $root }}
- name: kafka-ca
  secret: {secretName: {{ . }}, defaultMode: 0440, items: [{key: ca.crt, path: ca.crt}]}
{{- end }}
{{- end }}
{{- end }}

{{- define "cosigne.authorities" -}}
{{- $found := list }}
{{- range list "data" "keys" }}
{{- $found = append $found (include "cosigne.databaseCa" (list $ .)) }}
{{- end }}
{{- without $found "" | uniq | join " " }}
{{- end }}
