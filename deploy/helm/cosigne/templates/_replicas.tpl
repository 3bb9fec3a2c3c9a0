{{/*
How many of a process (context: root, process, its size): none where a restore keeps it from running, as
many as there are now where an autoscaler decides, which nobody is told of when there are none yet.
*/}}
{{- define "cosigne.replicas" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}{{ $sized := index . 2 }}
{{- $restoring := $root.Values.restoring }}
{{- if and $restoring (eq $process.name "console") }}1
{{- else if or (eq $restoring "nothing-runs") (and $restoring $process.web) }}0
{{- else if $process.erasures }}1
{{- else if not (dig "autoscaling" "enabled" false $sized) }}{{ $sized.replicas }}
{{- else }}
{{- /* left out, the server would set it to one at the moment the autoscaler is turned on */}}
{{- $name := printf "%s-%s" (include "cosigne.name" $root) $process.name }}
{{- with lookup "apps/v1" "Deployment" $root.Release.Namespace $name }}{{ max (int .spec.replicas) (int $sized.replicas) }}{{ end }}
{{- end }}
{{- end }}
