using BenchmarkDotNet.Running;
using LiveFace.Benchmarks;

// `-- effects-opencv` measures beside OpenCV; anything else goes to BenchmarkDotNet (`-- --filter '*Effect*'`).
if (args is ["effects-opencv", ..])
    return EffectsBesideOpenCv.Run();
BenchmarkSwitcher.FromAssembly(typeof(EffectsBesideOpenCv).Assembly).Run(args);
return 0;
