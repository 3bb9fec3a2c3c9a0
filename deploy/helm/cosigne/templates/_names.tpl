{{- define "cosigne.services" -}}directory assessment network plans reporting delivery{{- end }}
{{- define "cosigne.roles" -}}app combine sealer reader relay eraser{{- end }}

{{- define "cosigne.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 40 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" }}{{ end }}
{{- end }}

{{/* What every object of the release carries. */}}
{{- define "cosigne.labels" -}}
{{ include "cosigne.ours" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* By which pods of this release are known. */}}
{{- define "cosigne.ours" -}}
app.kubernetes.io/name: cosigne
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cosigne.image" -}}
{{- with .Values.image }}
{{- $repository := required "image.repository: say where your registry keeps the image" .repository }}
{{- if .digest }}{{ $repository }}@{{ .digest }}{{ else }}{{ $repository }}:{{ .tag | default $.Chart.AppVersion }}{{ end }}
{{- end }}
{{- end }}

{{/* Whether the databases or the secrets come with this release, which a hook cannot wait for. */}}
{{- define "cosigne.bringsItsOwn" -}}
{{- if or .Values.cnpg.enabled .Values.externalSecrets.enabled }}yes{{ end }}
{{- end }}

{{- define "cosigne.migratesBefore" -}}
{{- if not (and (eq .Values.migrations.when "auto") .Release.IsInstall (include "cosigne.bringsItsOwn" .)) }}yes{{ end }}
{{- end }}

{{/* Annotations of what must be there before anything rolls out; context: list, root and weight. */}}
{{- define "cosigne.before" -}}
{{- $root := index . 0 }}
{{- if include "cosigne.migratesBefore" $root }}
helm.sh/hook: pre-install,pre-upgrade
helm.sh/hook-weight: {{ index . 1 | quote }}
helm.sh/hook-delete-policy: before-hook-creation
{{- end }}
{{- end }}

{{/* How long Helm must wait for the job, in whole minutes with some to spare. */}}
{{- define "cosigne.patience" -}}
{{ add (div (add .Values.migrations.deadlineSeconds 59) 60) 5 }}m
{{- end }}

{{/* The hook and the job beside the pods never share a name: an upgrade would take one for the other. */}}
{{- define "cosigne.migrate" -}}
{{ include "cosigne.name" . }}-migrate{{ if not (include "cosigne.migratesBefore" .) }}-first{{ end }}
{{- end }}
