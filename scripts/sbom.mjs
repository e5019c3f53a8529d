// Writes a bill of materials (CycloneDX 1.6, JSON) of what the program is made of and runs with: NuGet and npm packages with
// their hashes, models with theirs, .NET, and Debian's packages. Run after a build of src/LiveFace.
// usage: node scripts/sbom.mjs OUTPUT [PACKAGES]
//   PACKAGES: lines "name version architecture" of all packages of an image; without it, those of scripts/packages/run.txt as
//   they are installed here.
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [, , output, packages] = process.argv;
const root = new URL('../', import.meta.url);
const text = (path) => readFileSync(new URL(path, root), 'utf8');
const json = (path) => JSON.parse(text(path));
const fromBase64 = (hash) => Buffer.from(hash, 'base64').toString('hex');
const sha = (algorithm, content) => [{ alg: algorithm, content }];

/** A component, under the name by which package tools know it. */
const component = (purl, name, version, more = {}) => ({ type: 'library', 'bom-ref': purl, name, version, purl, ...more });

const npmPurl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function licence(id) {
  if (!id) return {};
  // What is no name of SPDX's is given as it is written.
  return /^[A-Za-z0-9.+-]+$/.test(id) ? { licenses: [{ license: { id } }] } : { licenses: [{ license: { name: id } }] };
}

/** What is beside the program when it runs; analyzers and build tools are not. */
function nuget() {
  const { targets, libraries } = json('src/LiveFace/obj/project.assets.json');
  const runtime = Object.values(targets).at(-1);
  return Object.entries(runtime)
    .filter(([, one]) => one.type === 'package' && (one.runtime || one.native || one.runtimeTargets))
    .map(([key]) => {
      const [name, version] = key.split('/');
      return component(`pkg:nuget/${name}@${version}`, name, version, { hashes: sha('SHA-512', fromBase64(libraries[key].sha512)) });
    });
}

function npm() {
  return Object.entries(json('package-lock.json').packages)
    .filter(([path, one]) => path && !one.dev)
    .map(([path, one]) => {
      const name = path.split('node_modules/').at(-1);
      const [algorithm, hash] = one.integrity.split(/-(.*)/s);
      return component(npmPurl(name, one.version), name, one.version, {
        ...licence(one.license), hashes: sha(algorithm.replace('sha', 'SHA-'), fromBase64(hash)),
      });
    });
}

/** Models that are on: those that are prepared when they are first asked for. */
function models() {
  return json('models/models.json').models.filter((model) => model.on).map(({ id, title, source, licence: { weights } }) => {
    const [, name, version] = source.package?.match(/^(.+)@([^@]+)$/) ?? [];
    return {
      type: 'machine-learning-model', 'bom-ref': `model:${id}`, name: id, description: title, version: version ?? source.sha256.slice(0, 12),
      ...licence(weights), hashes: sha('SHA-256', source.sha256), ...(name && { purl: npmPurl(name, version) }),
    };
  });
}

function debian() {
  const release = `${readFileSync('/etc/os-release', 'utf8').match(/^ID=(.*)$/m)[1]}`;
  const lines = packages ? readFileSync(packages, 'utf8').trim().split('\n') : installed();
  return lines.map((line) => {
    const [name, version, architecture] = line.split(' ');
    return component(`pkg:deb/${release}/${name}@${encodeURIComponent(version)}?arch=${architecture}`, name, version);
  });
}

function installed() {
  const known = text('scripts/packages/run.txt').split('\n').filter((line) => line && !line.startsWith('#'));
  return known.flatMap((choices) => choices.split(/\s+/).filter(Boolean).map(query).filter(Boolean).slice(0, 1));
}

function query(name) {
  try {
    return execFileSync('dpkg-query', ['-W', '-f=${Package} ${Version} ${Architecture}', name], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  } catch {
    return null;
  }
}

const version = text('Directory.Build.props').match(/<Version>(.*)<\/Version>/)[1];
const runtime = execFileSync('dotnet', ['--list-runtimes']).toString().match(/Microsoft\.AspNetCore\.App (\S+)/g).at(-1).split(' ')[1];
const components = [
  ...nuget(), ...npm(), ...models(), ...debian(),
  component(`pkg:generic/dotnet-aspnetcore@${runtime}`, 'ASP.NET Core runtime', runtime, { type: 'framework' }),
].sort((a, b) => a['bom-ref'].localeCompare(b['bom-ref'], 'en'));
const bom = {
  bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber: `urn:uuid:${randomUUID()}`, version: 1,
  metadata: {
    timestamp: new Date().toISOString(),
    component: { type: 'application', 'bom-ref': 'liveface', name: 'liveface', version, licenses: [{ license: { id: 'Apache-2.0' } }] },
  },
  components,
  dependencies: [{ ref: 'liveface', dependsOn: components.map((one) => one['bom-ref']) }],
};
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, JSON.stringify(bom, null, 2) + '\n');
console.log(`${output}: ${components.length} components, SHA-256 ${createHash('sha256').update(JSON.stringify(bom)).digest('hex')}`);
