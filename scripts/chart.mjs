// The Helm chart without Helm: its templates use what Go's text/template has by itself and nothing of Helm's own functions, so that Go's engine
// (compiled to WebAssembly) renders them as Helm does. What comes out is held against Kubernetes' schemas twice: by their validators, and as
// TypeScript, which finds fields that there are none of.
//
//   node scripts/chart.mjs sources              write the templates that are made of deploy/grafana-dashboard.json and prometheus-rules.yml
//   node scripts/chart.mjs render [FILE.json]   print the resources, with values of FILE over those of the chart, as JSON
//   node scripts/chart.mjs check [FILE.json]    hold them against the schemas; exit code 1 where they do not fit
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse as renderTemplate } from '@evertdespiegeleer/go-template';
import YAML from 'yaml';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const chart = path.join(root, 'deploy/helm/liveface');
const templates = path.join(chart, 'templates');
const read = (...parts) => readFileSync(path.join(...parts), 'utf8');
const indent = (text, by) => text.trimEnd().split('\n').map((line) => (line ? ' '.repeat(by) + line : line)).join('\n');

/** Templates of what is written elsewhere, as they have to be. */
function sources() {
  const literal = (text) => text.replaceAll('{{', '{{ "{{" }}');
  const named = (kind, api, name, guard, rest) => `{{- if ${guard} }}
# Made by scripts/chart.mjs sources; change the file that it is made of.
apiVersion: ${api}
kind: ${kind}
metadata:
  name: {{ .Release.Name }}${name}
  labels:
    app.kubernetes.io/name: liveface
    app.kubernetes.io/instance: {{ .Release.Name }}
${rest}
{{- end }}
`;
  return {
    'dashboard.yaml': named('ConfigMap', 'v1', '-dashboard', '.Values.metrics.dashboard',
      `    grafana_dashboard: "1"\ndata:\n  liveface.json: |\n${literal(indent(read(root, 'deploy/grafana-dashboard.json'), 4))}`),
    'rules.yaml': named('PrometheusRule', 'monitoring.coreos.com/v1', '', '.Values.metrics.rules',
      `spec:\n${literal(indent(read(root, 'deploy/prometheus-rules.yml'), 2))}`),
  };
}

function merge(base, over) {
  if (base === null || typeof base !== 'object' || Array.isArray(base) || over === null || typeof over !== 'object' || Array.isArray(over)) return over;
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) merged[key] = key in base ? merge(base[key], value) : value;
  return merged;
}

async function render(over) {
  const about = YAML.parse(read(chart, 'Chart.yaml'));
  const data = {
    Values: merge(YAML.parse(read(chart, 'values.yaml')), over),
    Release: { Name: 'video', Namespace: 'rooms', Service: 'Helm' },
    Chart: { Name: about.name, Version: about.version, AppVersion: about.appVersion },
  };
  const resources = [];
  for (const file of readdirSync(templates).sort()) {
    const text = await renderTemplate(read(templates, file), data);
    for (const document of YAML.parseAllDocuments(text)) {
      if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
      const resource = document.toJS();
      if (resource !== null) resources.push({ file, resource });
    }
  }
  return resources;
}

/** The package and module that has a kind's schema. */
function moduleOf(apiVersion) {
  return apiVersion.startsWith('monitoring.coreos.com/') ? `@kubernetes-models/prometheus-operator/${apiVersion}` : `kubernetes-models/${apiVersion}`;
}

async function check(resources) {
  const problems = [];
  let typed = '';
  for (const [i, { file, resource }] of resources.entries()) {
    const { apiVersion, kind } = resource;
    const name = `${file}: ${kind} ${resource.metadata?.name}`;
    const models = await import(pathToFileURL(path.join(root, 'node_modules', moduleOf(apiVersion), 'index.js')).href);
    const Model = (models.default ?? models)[kind];
    if (!Model) {
      problems.push(`${name}: there is no ${kind} in ${apiVersion}`);
      continue;
    }
    try {
      new Model(resource).validate();
    } catch (error) {
      problems.push(`${name}: ${error.message}`);
    }
    typed += `import type { I${kind} as T${i} } from '${moduleOf(apiVersion)}/${kind}';\n// ${name}\nexport const r${i}: T${i} = ${JSON.stringify(resource, null, 1)};\n`;
  }
  const folder = mkdtempSync(path.join(root, 'node_modules', '.chart-'));
  try {
    writeFileSync(path.join(folder, 'resources.ts'), typed);
    const options = ['--ignoreConfig', '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', ''];
    execFileSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), ...options, path.join(folder, 'resources.ts')], { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    problems.push(error.stdout || error.message);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return problems;
}

const [verb, file] = process.argv.slice(2);
if (verb === 'sources') {
  for (const [name, text] of Object.entries(sources())) writeFileSync(path.join(templates, name), text);
} else if (verb === 'render' || verb === 'check') {
  const stale = Object.entries(sources()).filter(([name, text]) => read(templates, name) !== text).map(([name]) => name);
  if (stale.length > 0) throw new Error(`${stale.join(', ')}: run node scripts/chart.mjs sources`);
  const resources = await render(file ? JSON.parse(readFileSync(file, 'utf8')) : {});
  if (verb === 'render') {
    console.log(JSON.stringify(resources.map((one) => one.resource), null, 1));
  } else {
    const problems = await check(resources);
    console.log([...problems, `${resources.length} resources, ${problems.length} problems`].join('\n'));
    process.exitCode = problems.length > 0 ? 1 : 0;
  }
} else {
  console.error('sources, render [FILE.json] or check [FILE.json]');
  process.exitCode = 2;
}
