#!/usr/bin/env bash
# Puts the model that pictures are searched by where the server looks for it: models/resnet18.onnx, out of the NuGet package
# Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT; 60 MB to fetch, which is why nothing else asks for it).
# usage: scripts/search-model.sh
set -euo pipefail
cd "$(dirname "$0")/.."
version=0.23.1
sha=e2552f19db2dfdb01b3669537b6a0f1b44da38d18279535492ed5dfc2ef1ff8f
target=models/resnet18.onnx
if [ -s "$target" ] && echo "$sha  $target" | sha256sum --check --status; then exit 0; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/model.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageDownload Include="Microsoft.ML.DnnImageFeaturizer.ResNet18" Version="[$version]" /></ItemGroup>
</Project>
PROJECT
dotnet restore "$work/model.csproj" --verbosity quiet
packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: //')
file=$packages/microsoft.ml.dnnimagefeaturizer.resnet18/$version/tools/DnnImageModels/ResNet18Onnx/ResNet18.onnx
echo "$sha  $file" | sha256sum --check --status || { echo "$file is not the model that is expected." >&2; exit 1; }
cp "$file" "$target.part"
mv "$target.part" "$target"
echo "$target is here: collections of pictures can be searched."
