{{/*
The pod of a process (context: root and process): the same walls around each of them.
*/}}
{{- define "cosigne.pod" -}}
{{- $root := index . 0 }}{{ $process := index . 1 }}
{{- $values := $root.Values }}
{{- $sized := include "cosigne.sized" . | fromYaml }}
metadata:
  labels:
    {{- include "cosigne.selector" . | nindent 4 }}
    {{- range $process.reaches }}
    cosigne.reaches/{{ . }}: "yes"
    {{- end }}
    {{- if $process.web }}
    cosigne.reached/by: {{ if eq $process.service "portal" }}people{{ else }}portal{{ end }}
    {{- end }}
  {{- $annotations := deepCopy $values.podAnnotations }}
  {{- with $values.secrets.revision }}{{ $annotations = set $annotations "cosigne.secrets/revision" . }}{{ end }}
  {{- with $annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ if $process.before }}{{ include "cosigne.migrate" $root }}{{ else }}{{ include "cosigne.name" $root }}{{ end }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $values.terminationGraceSeconds }}
  {{- with $values.image.pullSecrets }}
  imagePullSecrets: {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    # the folder of keys lets nobody else in, and must not be opened again at each start
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile: {type: RuntimeDefault}
  {{- if $process.once }}
  restartPolicy: Never  # a pod that failed stays, and its log says why
  {{- end }}
  containers:
    - name: cosigne
      image: {{ include "cosigne.image" $root }}
      imagePullPolicy: {{ $values.image.pullPolicy }}
      {{- if $process.args }}
      args: {{- toYaml $process.args | nindent 8 }}
      {{- else }}
      command: [sleep, infinity]
      {{- end }}
      env: {{- include "cosigne.environment" (list $root $process $sized) | nindent 8 }}
      {{- with $process.health }}
      ports:
        - {name: {{ if $process.web }}http{{ else }}health{{ end }}, containerPort: {{ .port }}}
      startupProbe:
        httpGet: {path: {{ .path }}/live, port: {{ .port }}}
        periodSeconds: 2
        timeoutSeconds: 3
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: {{ .path }}/live, port: {{ .port }}}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: {path: {{ .path }}/ready, port: {{ .port }}}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      {{- end }}
      {{- if $process.web }}
      lifecycle:
        preStop: {sleep: {seconds: 5}}  # until nobody is sent here any more
      {{- end }}
      resources: {{- toYaml $sized.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        privileged: false
        readOnlyRootFilesystem: true
        runAsNonRoot: true
        capabilities: {drop: [ALL]}
      volumeMounts: {{- include "cosigne.mounts" (list $root $process) | nindent 8 }}
  volumes: {{- include "cosigne.volumes" (list $root $process) | nindent 4 }}
  {{- if and $values.topologySpread (not $process.once) }}
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels: {{- include "cosigne.selector" (list $root $process) | nindent 10 }}
    {{- end }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
