# LiveFace. `make run` serves on http://localhost:8080; `make test` runs every test. `make help` lists the rest.
REGISTRYPREFIX ?= liveface
TAG            ?= latest

SHELL          := /bin/bash
CONFIGURATION  ?= Release
PORT           ?= 8080
PROGRAM        := src/LiveFace/bin/$(CONFIGURATION)/net10.0/liveface
STAMPS         := .cache/stamps
SOURCES        := $(shell find src models/models.json wwwroot Directory.*.props Directory.Build.targets global.json BannedSymbols.txt .editorconfig \
                    -type f -not -path '*/bin/*' -not -path '*/obj/*' 2>/dev/null)

# After `make gpu` every build has the CUDA provider; MSBuild reads its properties from the environment.
ifneq ($(wildcard $(STAMPS)/cuda),)
export Cuda := true
endif

.DEFAULT_GOAL := help
.PHONY: cluster decoder test-decoder load help run watch build test lint fuzz fuzz-native bench streams nodes soak fluid accuracy reidentify reidentify-films identify enrol hiding-sheet train-watermark train-framing test-training models search-model gpu pack format clean sbom image image-test tag push screenshots

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

run: $(STAMPS)/run-packages $(PROGRAM) $(STAMPS)/models ## install what is missing, build, serve on http://localhost:8080
	PORT=$(PORT) $(PROGRAM) serve

cluster: $(STAMPS)/test-packages $(PROGRAM) $(STAMPS)/models ## three servers that are one, and their PostgreSQL, on this machine (docs/reference/cluster.md)
	scripts/cluster.sh $(PROGRAM) $(PORT)

watch: $(STAMPS)/run-packages $(STAMPS)/models ## serve, and start again whenever a source changes
	dotnet watch --project src/LiveFace -- serve

build: $(STAMPS)/npm-test ## build everything, warnings as errors
	dotnet build LiveFace.sln -c $(CONFIGURATION)

test: $(STAMPS)/test-packages $(STAMPS)/npm-test ## install what is missing, run every test, end with `N passed, N failed`
	scripts/test.sh $(CONFIGURATION)

lint: $(STAMPS)/npm-test ## check the pages' modules (ESLint, TypeScript) and the layout of the C# code; `make test` does too
	scripts/lint.sh

fuzz: $(STAMPS)/fuzz-packages $(STAMPS)/npm-run ## fuzz every parser by coverage (AFL++) for ten minutes (MINUTES=10)
	scripts/fuzz.sh $${MINUTES:-10} $(CONFIGURATION)

fuzz-native: $(STAMPS)/fuzz-native-packages ## damaged video and pictures for the native decoders under valgrind (COPIES=100 of each)
	scripts/fuzz-native.sh $${COPIES:-100}

bench: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## camera to server and back in Chromium, beside GStreamer and aiortc with OpenCV
	dotnet build samples/Echo -c $(CONFIGURATION) -v quiet
	CONFIGURATION=$(CONFIGURATION) node bench/LiveFace.EndToEnd/bench.mjs

streams: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## how many streams are redacted at full rate, beside aiortc with OpenCV
	CONFIGURATION=$(CONFIGURATION) node bench/LiveFace.EndToEnd/streams.mjs

soak: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## two streams for an hour (MINUTES=60): memory, handles and latency stay flat
	CONFIGURATION=$(CONFIGURATION) node bench/LiveFace.EndToEnd/soak.mjs

nodes: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## two nodes of a cluster beside one, a node beside a server alone, a picture after kill -9 (docs/reference/cluster.md)
	CONFIGURATION=$(CONFIGURATION) node bench/LiveFace.EndToEnd/nodes.mjs

fluid: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## how fluid the workbench stays with 10,000 finds in a picture and 200 tracks of an hour's film
	PROGRAM=$(CURDIR)/$(PROGRAM) node bench/LiveFace.EndToEnd/fluid.mjs

pack: ## make the NuGet packages of the libraries and of the .NET client, into artifacts/packages
	scripts/pack.sh $(CONFIGURATION)

models: $(PROGRAM) $(STAMPS)/models ## list the models and prepare the default ones
	$(PROGRAM) models

search-model: ## fetch the model that collections of pictures are searched by (60 MB; docs/reference/search.md)
	scripts/search-model.sh

gpu: $(STAMPS)/npm-run ## build with ONNX Runtime's CUDA provider (245 MB), and keep to it until `make clean`
	@mkdir -p $(STAMPS) && touch $(STAMPS)/cuda
	Cuda=true dotnet build src/LiveFace -c $(CONFIGURATION) --nologo -v quiet
	$(PROGRAM) gpu

decoder: $(STAMPS)/decoder-packages $(PROGRAM) ## compile the decoders' worker ahead of time (a 200 MB compiler): pictures over HTTP start it in a seventh of the time
	scripts/decoder.sh $(CONFIGURATION) $(dir $(PROGRAM)) bench/LiveFace.Benchmarks/bin/$(CONFIGURATION)/net10.0

test-decoder: decoder ## the sandbox's tests with that worker; apart, because of the compiler
	dotnet build tests/LiveFace.Media.Tests -c $(CONFIGURATION) --nologo -v quiet
	LIVEFACE_DECODER=$(CURDIR)/artifacts/decoder/LiveFace.Decoder tests/LiveFace.Media.Tests/bin/$(CONFIGURATION)/net10.0/LiveFace.Media.Tests -class '*.Sandbox.*'

load: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## a live room's picture rate in Chromium while others ask for pictures, beside the same without
	CONFIGURATION=$(CONFIGURATION) node bench/LiveFace.EndToEnd/load.mjs

accuracy: $(STAMPS)/accuracy-packages $(STAMPS)/npm-test ## measure what is seen and what is hidden, into docs/reference/benchmarks.md (OPTIONS="--list faces.jsonl" for pictures of your own)
	dotnet run --project bench/LiveFace.Accuracy -c $(CONFIGURATION) -- report $(OPTIONS)

reidentify: $(STAMPS)/npm-test ## hide a hundred faces in pictures, try to recognise them (docs/reference/hiding.md)
	scripts/reidentify.sh $(CONFIGURATION) stills

reidentify-films: $(STAMPS)/npm-test ## the same in films while the mask moves, by least squares (docs/reference/hiding.md)
	scripts/reidentify.sh $(CONFIGURATION) films

identify: $(STAMPS)/npm-test ## how often two people are taken for one by what renews exemptions (FACES=folder for faces of your own)
	scripts/reidentify.sh $(CONFIGURATION) pairs $(FACES)

enrol: $(STAMPS)/npm-test ## how often a stranger is taken for somebody enrolled (FACES=folder with several pictures a person; docs/reference/people.md)
	scripts/reidentify.sh $(CONFIGURATION) enrol $(FACES)

hiding-sheet: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## hide the faces of twenty pictures, into docs/pictures/hiding.jpg
	scripts/hiding-sheet.sh $(PROGRAM)

train-watermark: $(STAMPS)/training-packages ## train the net that takes watermarks off, from a folder of pictures (PICTURES=folder MINUTES=60), into artifacts/watermark
	scripts/train-watermark.sh "$(PICTURES)" $${MINUTES:-60}

train-framing: $(STAMPS)/training-packages ## train the net that says what a picture is of, from pictures with masks (PICTURES=folder), into artifacts/framing
	scripts/train-framing.sh "$(PICTURES)"

test-training: $(STAMPS)/training-packages $(STAMPS)/run-packages $(STAMPS)/npm-test ## train a tiny net for a minute, export it, hold ONNX Runtime to PyTorch
	scripts/test-training.sh $(CONFIGURATION)

screenshots: $(STAMPS)/test-packages $(STAMPS)/npm-test $(PROGRAM) $(STAMPS)/models ## take the README's pictures from the real thing
	scripts/screenshots.sh $(PROGRAM)

format: ## lay out the code as .editorconfig says
	dotnet format LiveFace.sln

clean: ## delete what the build made (keeps downloads)
	find . -path ./node_modules -prune -o -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
	rm -rf artifacts $(STAMPS)

sbom: $(PROGRAM) ## write what the program is made of, with versions and hashes, into artifacts/liveface.cdx.json (CycloneDX)
	node scripts/sbom.mjs artifacts/liveface.cdx.json

image: $(PROGRAM) ## build the CPU container image, and its bill of materials into artifacts/image.cdx.json (BASES="--build-arg …" pins base images)
	docker build --target cpu $(BASES) -t $(REGISTRYPREFIX)/liveface:$(TAG) .
	@mkdir -p artifacts
	docker run --rm --entrypoint dpkg-query $(REGISTRYPREFIX)/liveface:$(TAG) -W -f='$${Package} $${Version} $${Architecture}\n' > artifacts/image-packages.txt
	node scripts/sbom.mjs artifacts/image.cdx.json artifacts/image-packages.txt

image-test: $(STAMPS)/test-packages ## build the image by buildah, run it on a read-only root, and hide a face in it (as root; KEEP=yes keeps the base images)
	@scripts/install.sh image
	KEEP=$(KEEP) scripts/image-test.sh

tag: ## tag the image as latest too
	docker tag $(REGISTRYPREFIX)/liveface:$(TAG) $(REGISTRYPREFIX)/liveface:latest

push: ## push the image
	docker push $(REGISTRYPREFIX)/liveface:$(TAG)

# What is installed is remembered by stamps, so that a second run neither asks apt nor npm nor the compiler.
$(STAMPS)/run-packages: scripts/packages/run.txt scripts/install.sh
	@scripts/install.sh run
	@mkdir -p $(@D) && touch $@

$(STAMPS)/test-packages: scripts/packages/run.txt scripts/packages/test.txt scripts/install.sh
	@scripts/install.sh run test
	@mkdir -p $(@D) && touch $@

$(STAMPS)/accuracy-packages: scripts/packages/run.txt scripts/packages/test.txt scripts/packages/accuracy.txt scripts/install.sh
	@scripts/install.sh run test accuracy
	@mkdir -p $(@D) && touch $@

$(STAMPS)/training-packages: scripts/packages/training.txt scripts/install.sh
	@scripts/install.sh training
	@mkdir -p $(@D) && touch $@

$(STAMPS)/decoder-packages: scripts/packages/decoder.txt scripts/install.sh
	@scripts/install.sh decoder
	@mkdir -p $(@D) && touch $@

$(STAMPS)/fuzz-packages: scripts/packages/run.txt scripts/packages/fuzz.txt scripts/install.sh
	@scripts/install.sh run fuzz
	@mkdir -p $(@D) && touch $@

$(STAMPS)/fuzz-native-packages: scripts/packages/run.txt scripts/packages/fuzz-native.txt scripts/install.sh
	@scripts/install.sh run fuzz-native
	@mkdir -p $(@D) && touch $@

$(STAMPS)/npm-run: package.json package-lock.json
	@scripts/npm.sh --omit=dev
	@mkdir -p $(@D) && touch $@

$(STAMPS)/npm-test: package.json package-lock.json
	@scripts/npm.sh
	@mkdir -p $(@D) && touch $@ $(STAMPS)/npm-run

$(STAMPS)/models: models/models.json | $(PROGRAM)
	$(PROGRAM) models prepare
	@mkdir -p $(@D) && touch $@

$(PROGRAM): $(SOURCES) | $(STAMPS)/npm-run
	dotnet build src/LiveFace -c $(CONFIGURATION) --nologo -v quiet
	@touch $@
